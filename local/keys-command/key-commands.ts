import { splitList } from '../../shared/read-settings.ts';
import { type AdminAnswer, type AdminClient, rowsOf } from '../command/admin-client.ts';
import { exitCodes } from '../command/command-error.ts';
import type { Command, CommandContext } from '../command/run-commands.ts';
import { formatTable } from '../command/table.ts';
import { type KeyLine, keyWords } from './key-line.ts';
import { readLimitWords, writeLimitWords } from './limit-words.ts';

type KeyContext = CommandContext<KeyLine>;
type KeyCommand = Command<KeyLine>;

const columns = ['id', 'name', 'role', 'source', 'state', 'expires_at', 'models', 'routes', 'conversations', 'limits'];

const list: KeyCommand = async ({ client, print }) => {
  print(formatTable((await allKeys(client)).map(withoutEmpty), columns));
  return exitCodes.done;
};

const add: KeyCommand = async ({ client, print, options }) => {
  if (options.name === undefined) throw keyWords.wrong('add needs --name.');
  const { id, key } = await client.call('POST', '/admin/keys', fieldsOf(options));
  print(`${String(id)} added. This is the key; it is not shown again:`);
  print(String(key));
  return exitCodes.done;
};

const set: KeyCommand = async (context) => {
  const fields = fieldsOf(context.options);
  if (Object.keys(fields).length === 0) throw keyWords.wrong('set needs something to change.');
  const key = await context.client.call('POST', keyPath(context), fields);
  context.print(formatTable([withoutEmpty(key)], columns));
  return exitCodes.done;
};

const remove: KeyCommand = async (context) => {
  const { id } = await context.client.call('DELETE', keyPath(context));
  context.print(`${String(id)} removed.`);
  return exitCodes.done;
};

export const keyCommands: Readonly<Record<string, KeyCommand>> = { list, add, set, remove };

function keyPath({ command, subject }: KeyContext): string {
  if (subject === undefined) throw keyWords.wrong(`${command} needs the key's id.`);
  return `/admin/keys/${encodeURIComponent(subject)}`;
}

/** Page by page. */
async function allKeys(client: AdminClient): Promise<readonly AdminAnswer[]> {
  const keys: AdminAnswer[] = [];
  for (let after = ''; ; ) {
    const page = await client.call('GET', `/admin/keys?after=${encodeURIComponent(after)}`);
    keys.push(...rowsOf(page));
    if (page.has_more !== true) return keys;
    after = String(page.last_id);
  }
}

/** What the command line says of a key, as the admin API takes it. Nothing for what was not given. */
function fieldsOf({ name, role, expires, models, routes, conversations, limits }: KeyLine['options']): object {
  const given = {
    name,
    role,
    expires_at: expires === undefined ? undefined : expires === '' ? null : timeOf(expires),
    models: models === undefined ? undefined : splitList(models),
    routes: routes === undefined ? undefined : splitList(routes),
    conversations: conversations === '' ? null : conversations,
    limits: limits === undefined ? undefined : readLimitWords(limits),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A day alone begins at midnight, UTC. */
function timeOf(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
}

/** Lists without entries are no limit, and shown as nothing. */
function withoutEmpty(key: AdminAnswer): AdminAnswer {
  const shown = Object.entries(key).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') || undefined : name === 'limits' ? writeLimitWords(value) : value,
  ]);
  return Object.fromEntries(shown);
}
