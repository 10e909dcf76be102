import type { AdminAnswer } from '../command/admin-client.ts';
import { rowsOf } from '../command/admin-client.ts';
import { CommandError, exitCodes } from '../command/command-error.ts';
import { readInput } from '../command/read-secret.ts';
import type { Command, CommandContext } from '../command/run-commands.ts';
import { formatTable } from '../command/table.ts';
import { isRecord } from '../is-record.ts';
import { askPassphrase } from './ask-passphrase.ts';
import { type BackupLine, backupWords } from './backup-line.ts';

type BackupContext = CommandContext<BackupLine>;
type BackupCommand = Command<BackupLine>;

const exportAll: BackupCommand = async ({ client, print, subject, options }) => {
  if (subject !== undefined) throw backupWords.wrong('export writes to the standard output: add > FILE.');
  const { secrets, usage, accounts, after } = options;
  const limit = accounts === undefined ? undefined : Number(accounts);
  const document = await client.call('POST', '/admin/export', {
    ...(secrets === true && { secrets: { passphrase: await askPassphrase(true) } }),
    ...(usage === true && { usage }),
    ...((limit !== undefined || after !== undefined) && { accounts: { limit, after } }),
  });
  print(JSON.stringify(document, null, 2));
  if (typeof document.next_account === 'string') {
    console.error(`There are more accounts: export again with --after ${document.next_account}`);
  }
  return exitCodes.done;
};

const importAll: BackupCommand = async (context) => {
  const { subject, options, print } = context;
  if (subject === undefined) throw backupWords.wrong('import needs a file.');
  const document = parseFile(await readInput(subject));
  const passphrase = isSealed(document) ? await askPassphrase(false) : undefined;
  const body = {
    document,
    ...(passphrase !== undefined && { passphrase }),
    mode: options['only-new'] === true ? 'replace-none' : 'merge',
    admins: options.admins === true,
  };
  const answer = await sendUntilDone(context, body);
  print(`${String(answer.format)}${options.preview === true ? ', nothing was changed yet' : ''}`);
  print(formatTable(rowsOf(answer), ['outcome', 'kind', 'name', 'reason']));
  return countOf(answer, 'failed') + countOf(answer, 'left') > 0 ? exitCodes.partly : exitCodes.done;
};

export const backupCommands: Readonly<Record<string, BackupCommand>> = { export: exportAll, import: importAll };

/** What a call had no time for is sent again, as long as each call gets further. */
async function sendUntilDone({ client, options }: BackupContext, body: object): Promise<AdminAnswer> {
  if (options.preview === true) return client.call('POST', '/admin/import/preview', body);
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const answer = await client.call('POST', '/admin/import', body);
    const left = countOf(answer, 'left');
    if (left === 0 || left >= before) return answer;
    before = left;
  }
}

function countOf({ counts }: AdminAnswer, outcome: string): number {
  return isRecord(counts) && typeof counts[outcome] === 'number' ? counts[outcome] : 0;
}

/** JSON as it is; any other file as one text. */
function parseFile(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError('The file begins like JSON and is none.', exitCodes.usage, { cause });
  }
}

function isSealed(document: unknown): boolean {
  return isRecord(document) && isRecord(document.secrets);
}
