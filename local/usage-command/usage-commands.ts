import { type AdminAnswer, rowsOf } from '../command/admin-client.ts';
import { exitCodes } from '../command/command-error.ts';
import type { Command } from '../command/run-commands.ts';
import { formatTable } from '../command/table.ts';
import { isRecord } from '../is-record.ts';
import type { UsageLine } from './usage-line.ts';

const numbers = ['requests', 'errors', 'aborted', 'prompt_tokens', 'completion_tokens', 'images', 'video_seconds'];

const show: Command<UsageLine> = async ({ client, print, options }) => {
  const path = `/admin/usage?${queryOf(options)}`;
  if (options.csv === true) {
    const response = await client.open('GET', path, {});
    print((await response.text()).trimEnd());
    return exitCodes.done;
  }
  const usage = await client.call('GET', path);
  const places = dimensionsOf(usage).flatMap((name) => (name === 'key' ? ['key', 'key_name'] : [name]));
  const totals = isRecord(usage.totals) ? usage.totals : {};
  const sum = places.length === 0 ? [] : [{ ...totals, [places[0] ?? '']: 'total' }];
  print(`${String(usage.from)} to ${String(usage.to)}, ${String(usage.time_zone)}`);
  print(formatTable([...rowsOf(usage), ...sum], [...places, ...numbers]));
  return exitCodes.done;
};

export const usageCommands: Readonly<Record<string, Command<UsageLine>>> = { show };

function queryOf(options: UsageLine['options']): string {
  const { from, to, by, model, account, csv } = options;
  const given = { from, to, group_by: by, model, key: options['key-id'], account, format: csv ? 'csv' : undefined };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value);
  return query.toString();
}

function dimensionsOf({ group_by: names }: AdminAnswer): readonly string[] {
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
