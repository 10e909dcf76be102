import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, exitCodes } from '../command/command-error.ts';

/** Where a program without a terminal finds the passphrase. */
const variable = 'BACKUP_PASSPHRASE';

/**
 * The passphrase of the environment, or else the one that is typed, which is not shown.
 *
 * @param again whether it is typed twice, as nobody could open what a slip of the finger has closed.
 * @throws CommandError when nobody can be asked, or the two differ.
 */
export async function askPassphrase(again: boolean): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  if (!process.stdin.isTTY) {
    throw new CommandError(`No passphrase: set ${variable}, or start this from a terminal.`, exitCodes.usage);
  }
  const first = await ask('Passphrase: ');
  if (again && (await ask('Once more: ')) !== first) throw new CommandError('The two differ.', exitCodes.usage);
  return first;
}

async function ask(question: string): Promise<string> {
  // Questions go where they are seen while the answer of the gateway goes into a file.
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const interrupted = once(lines, 'SIGINT').then(() => {
    throw new CommandError('Stopped.', exitCodes.usage);
  });
  try {
    return await Promise.race([lines.question(''), interrupted]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
