import { type AdminAnswer, rowsOf } from '../command/admin-client.ts';
import { exitCodes } from '../command/command-error.ts';
import type { Command } from '../command/run-commands.ts';
import { formatTable } from '../command/table.ts';
import { isRecord } from '../is-record.ts';
import { type SettingLine, settingWords } from './setting-line.ts';

type SettingCommand = Command<SettingLine>;

const columns = ['name', 'value', 'source', 'default', 'live'];

const list: SettingCommand = async ({ client, print, options }) => {
  const rows = rowsOf(await client.call('GET', '/admin/settings'));
  const wanted = options.live === true ? rows.filter(({ source }) => source === 'live') : rows;
  print(formatTable(wanted.map(shown), columns));
  return exitCodes.done;
};

const set: SettingCommand = async ({ client, print, subject = '' }) => {
  const place = subject.indexOf('=');
  if (place < 1) throw settingWords.wrong('set needs NAME=VALUE.');
  const name = subject.slice(0, place);
  const answer = await client.call('PATCH', '/admin/settings', { values: { [name]: subject.slice(place + 1) } });
  print(
    formatTable(
      rowsOf(answer)
        .filter((row) => row.name === name)
        .map(shown),
      columns,
    ),
  );
  return exitCodes.done;
};

const unset: SettingCommand = async ({ client, print, subject }) => {
  if (subject === undefined) throw settingWords.wrong('unset needs the setting’s name.');
  const answer = await client.call('PATCH', '/admin/settings', { values: { [subject]: null } });
  print(
    formatTable(
      rowsOf(answer)
        .filter(({ name }) => name === subject)
        .map(shown),
      columns,
    ),
  );
  return exitCodes.done;
};

const history: SettingCommand = async ({ client, print }) => {
  for (let after = ''; ; ) {
    const page = await client.call('GET', `/admin/settings/history?after=${after}`);
    for (const change of rowsOf(page)) print(line(change));
    if (page.has_more !== true) return exitCodes.done;
    after = String(page.last_id);
  }
};

const undo: SettingCommand = async ({ client, print, subject = '' }) => {
  if (!/^\d{1,9}$/.test(subject)) throw settingWords.wrong('undo needs a version, as history shows it.');
  const { version } = await client.call('POST', '/admin/settings/undo', { version: Number(subject) });
  print(`Change ${subject} is undone; the settings have version ${String(version)} now.`);
  return exitCodes.done;
};

export const settingCommands: Readonly<Record<string, SettingCommand>> = { list, set, unset, history, undo };

function shown(row: AdminAnswer): AdminAnswer {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(',') : value === '' ? undefined : value);
  return { ...row, value: text(row.value), default: text(row.default), live: row.live === true ? 'yes' : 'no' };
}

function line({ version, at, by, changes }: AdminAnswer): string {
  const list = Array.isArray(changes) ? changes.filter(isRecord) : [];
  const words = list.map(({ name, from, to }) => `${String(name)}: ${quoted(from)} -> ${quoted(to)}`);
  return `${String(version)}  ${String(at)}  ${String(by)}  ${words.join(', ')}`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : 'not set';
}
