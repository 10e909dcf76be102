import { skipped } from '../import-item.ts';
import { type Incoming, nothing } from '../incoming.ts';
import { readForeignSettings } from './foreign-settings.ts';
import { accountEntries } from './read-account-list.ts';
import { readAccounts } from './read-accounts.ts';
import { readKeys } from './read-keys.ts';

/** Members of `data.json` that mean nothing here. */
const dropped: Readonly<Record<string, string>> = {
  defaultHeaders: 'Headers are those of the account’s own session.',
  defaultCookie: 'Cookies belong to single accounts here: paste them with the account.',
};

/**
 * Reads `data.json`: `{ accounts, apiKeys?, settings? }`. Keys stand beside the accounts or among the settings. Other
 * members are told as skipped, when they hold something.
 */
export function readData(document: object): Incoming {
  const { accounts, settings, apiKeys, adminKey, ...others } = Object.fromEntries<unknown>(Object.entries(document));
  const { apiKeys: moreKeys, adminKey: otherAdmin, ...values } = isObject(settings) ? settings : {};
  const keys = [adminKey, otherAdmin, ...listOf(apiKeys), ...listOf(moreKeys)].filter(isText);
  const read = readAccounts(accountEntries(Array.isArray(accounts) ? accounts : []));
  const foreign = readForeignSettings(Object.entries(values));
  const unknown = Object.entries(others).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return {
    ...nothing,
    format: 'qwen2api-data',
    accounts: read.accounts,
    keys: readKeys(keys.map((key, index) => ({ name: `data.json ${index + 1}`, key: key.trim() }))),
    settings: foreign.settings,
    aliases: foreign.aliases,
    refused: [
      ...foreign.refused,
      ...read.refused,
      ...unknown.map(([name]) =>
        skipped('document', name.slice(0, 60), dropped[name] ?? 'There is nothing like it here.'),
      ),
    ],
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',') : [];
}
