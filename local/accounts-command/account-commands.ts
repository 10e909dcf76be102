import { rowsOf } from '../command/admin-client.ts';
import { exitCodes } from '../command/command-error.ts';
import { readInput, readSecret } from '../command/read-secret.ts';
import type { Command, CommandContext } from '../command/run-commands.ts';
import { formatTable } from '../command/table.ts';
import { type AccountLine, accountWords } from './account-line.ts';
import { followImport } from './follow-import.ts';
import { refreshAll } from './refresh-all.ts';

type AccountContext = CommandContext<AccountLine>;
type AccountCommand = Command<AccountLine>;

const accountColumns = ['id', 'label', 'state', 'source', 'token_expires_at', 'reason'];

const list: AccountCommand = async ({ client, print }) => {
  const accounts = rowsOf(await client.call('GET', '/admin/accounts'));
  print(accounts.length === 0 ? 'There is no account.' : formatTable(accounts, accountColumns));
  return exitCodes.done;
};

const add: AccountCommand = async ({ client, print, options }) => {
  const { email, label } = options;
  const { id, outcome } = await client.call('POST', '/admin/accounts', {
    ...(await givenSecrets(options)),
    email,
    label,
  });
  print(`${String(id)} ${String(outcome)}`);
  return exitCodes.done;
};

const relogin: AccountCommand = async (context) => {
  const { client, print, options } = context;
  const secrets = await givenSecrets(options);
  const isGiven = Object.values(secrets).some((secret) => secret !== undefined);
  const path = `${accountPath(context)}/${isGiven ? 'relogin' : 'refresh'}`;
  const { id, state } = await client.call('POST', path, isGiven ? { ...secrets, email: options.email } : undefined);
  print(`${String(id)} ${String(state)}`);
  return exitCodes.done;
};

const remove: AccountCommand = async (context) => {
  const { id, notice } = await context.client.call('DELETE', accountPath(context));
  context.print(`${String(id)} deleted.${typeof notice === 'string' ? ` ${notice}` : ''}`);
  return exitCodes.done;
};

const importAccounts: AccountCommand = async ({ client, print, subject, options }) => {
  const { follow, concurrency, detach } = options;
  if (follow !== undefined) return followImport(client, follow, print);
  if (subject === undefined) throw accountWords.wrong('import needs a file, or - for standard input.');
  const body = {
    text: await readInput(subject),
    ...(concurrency === undefined ? {} : { concurrency: Number(concurrency) }),
  };
  const { id, total, warnings } = await client.call('POST', '/admin/imports', body);
  for (const warning of Array.isArray(warnings) ? warnings : []) print(`Warning: ${String(warning)}`);
  print(`${String(id)}: ${String(total)} accounts. It goes on without this terminal: import --follow ${String(id)}`);
  return detach === true ? exitCodes.done : followImport(client, String(id), print);
};

const refresh: AccountCommand = async (context) => {
  const { client, print, options } = context;
  if (options.all !== true) return actOn('refresh')(context);
  const results = await refreshAll(client);
  print(formatTable(results, ['id', 'label', 'outcome']));
  return results.every(({ outcome }) => outcome === 'renewed') ? exitCodes.done : exitCodes.partly;
};

const audit: AccountCommand = async ({ client, print, options: { verify, limit } }) => {
  if (verify === true) {
    const { valid, entries, problems } = await client.call('GET', '/admin/audit/verify');
    print(
      valid === true
        ? `All ${String(entries)} entries are as they were written.`
        : formatTable(rowsOf({ data: problems }), ['sequence', 'problem']),
    );
    return valid === true ? exitCodes.done : exitCodes.partly;
  }
  const path = limit === undefined ? '/admin/audit' : `/admin/audit?limit=${encodeURIComponent(limit)}`;
  const columns = ['sequence', 'at', 'actor', 'act', 'target', 'outcome', 'details'];
  print(formatTable(rowsOf(await client.call('GET', path)), columns));
  return exitCodes.done;
};

function actOn(act: string): AccountCommand {
  return async (context) => {
    const { id, state } = await context.client.call('POST', `${accountPath(context)}/${act}`);
    context.print(`${String(id)} ${String(state)}`);
    return exitCodes.done;
  };
}

export const accountCommands: Readonly<Record<string, AccountCommand>> = {
  list,
  add,
  relogin,
  remove,
  import: importAccounts,
  refresh,
  audit,
  test: actOn('test'),
  disable: actOn('disable'),
  enable: actOn('enable'),
  drain: actOn('drain'),
};

function accountPath({ command, subject }: AccountContext): string {
  if (subject === undefined) throw accountWords.wrong(`${command} needs the account's id.`);
  return `/admin/accounts/${encodeURIComponent(subject)}`;
}

async function givenSecrets(options: AccountLine['options']) {
  return {
    token: await readSecret(options['token-file']),
    cookie: await readSecret(options['cookie-file']),
    password: await readSecret(options['password-file']),
    proxyUrl: await readSecret(options['proxy-url-file']),
  };
}
