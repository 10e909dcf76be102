import * as z from 'zod/mini';
import { type Account, lane, readAccount } from '../../accounts/account.ts';
import type { AccountSecret } from '../../accounts/account-secret.ts';
import { openCurrentSecret } from '../../accounts/current-secret.ts';
import { readProxyUrl } from '../../chat/proxy-url.ts';
import { listStoredKeys } from '../../keys/stored-keys.ts';
import type { AliasTable } from '../../models/alias-table.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { SecretUnreadableError } from '../../secrets/secret-errors.ts';
import type { Attributes } from '../../store/attributes.ts';
import { accountKey, accountsPartition, usageDaysPartition } from '../../store/keys.ts';
import type { Table } from '../../store/table.ts';
import { fetchWebhookSecret } from '../../webhooks/webhook-secret.ts';
import {
  type ExportDocument,
  type ExportedAccount,
  type ExportedUsage,
  type ExportSecrets,
  exportedUsage,
  exportFormat,
  exportVersion,
} from './export-document.ts';
import { exportKey } from './export-key.ts';
import type { SettingsStore } from './settings-store.ts';

export interface CollectOptions {
  readonly table: Table;
  readonly secretBox: SecretBox;
  readonly aliases: Pick<AliasTable, 'read'>;
  readonly settings: SettingsStore;
  /** Of the gateway. */
  readonly version: string;
}

/** What an owner wants of an export. */
export interface ExportWish {
  readonly usage: boolean;
  /** A part of the accounts: so many at most, with ids after this one. */
  readonly accounts: { readonly after: string; readonly limit: number };
}

/** An export whose secrets lie beside it. */
export interface Collected {
  readonly document: Omit<ExportDocument, 'secrets'>;
  readonly secrets: ExportSecrets;
}

/** The account that a laptop's runtime lends itself is nobody's. */
const lentSource = 'simulator';

/**
 * Reads everything that an export holds, each list in the order of its ids.
 *
 * @param now epoch milliseconds.
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function collectExport(options: CollectOptions, wish: ExportWish, now: number): Promise<Collected> {
  const { table, secretBox, aliases, settings, version } = options;
  const [accounts, keys, known, values, webhook, usage] = await Promise.all([
    collectAccounts(table, secretBox, wish.accounts),
    listStoredKeys(table, true),
    aliases.read(),
    settings.read(),
    fetchWebhookSecret(table, secretBox),
    wish.usage ? collectUsage(table) : undefined,
  ]);
  const sorted = keys.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return {
    document: {
      format: exportFormat,
      version: exportVersion,
      made_at: new Date(now).toISOString(),
      gateway: version,
      next_account: accounts.next,
      settings: Object.fromEntries(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1))),
      aliases: known.aliases.map(({ pattern, model }) => ({ pattern, model })),
      keys: sorted.map((key) => exportKey(key, now)),
      accounts: accounts.shown,
      webhook: { has_secret: webhook !== undefined },
      ...(usage !== undefined && { usage }),
    },
    secrets: {
      accounts: accounts.secrets,
      keys: Object.fromEntries(sorted.map(({ id, hash }) => [id, hash])),
      webhook: webhook ?? null,
    },
  };
}

interface CollectedAccounts {
  readonly shown: ExportedAccount[];
  readonly secrets: ExportSecrets['accounts'];
  readonly next: string | null;
}

async function collectAccounts(
  table: Table,
  secretBox: SecretBox,
  { after, limit }: ExportWish['accounts'],
): Promise<CollectedAccounts> {
  const items = await table.part(accountsPartition(lane), {
    after: accountKey(lane, after).sk,
    limit: limit + 1,
    consistent: true,
  });
  const shown: ExportedAccount[] = [];
  const secrets: Record<string, Record<string, string>> = {};
  for (const item of items.slice(0, limit)) {
    const account = readAccount(item);
    if (account === undefined || account.source === lentSource) continue;
    const secret = await openReadable(secretBox, account);
    const { id, label, source, state, reason = null } = account;
    shown.push({ id, label, source, state, reason, proxy_url: proxyWithoutLogin(secret ?? {}) });
    if (secret !== undefined) secrets[id] = { ...secret };
  }
  const last = items[limit - 1];
  return { shown, secrets, next: items.length > limit && typeof last?.sk === 'string' ? last.sk : null };
}

/** What another key has encrypted is lost, and keeps none of the others out of the export. */
async function openReadable(secretBox: SecretBox, account: Account): Promise<AccountSecret | undefined> {
  try {
    return await openCurrentSecret(secretBox, account);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}

function proxyWithoutLogin({ proxyUrl }: AccountSecret): string | null {
  if (proxyUrl === undefined) return null;
  const { username, password } = readProxyUrl(proxyUrl);
  return username === '' && password === '' ? proxyUrl : null;
}

async function collectUsage(table: Table): Promise<ExportedUsage[]> {
  const items = await table.query(usageDaysPartition, { consistent: true });
  return items.flatMap((item) => readUsage(item) ?? []);
}

function readUsage({ pk: _, ttl: __, ...item }: Attributes): ExportedUsage | undefined {
  const read = z.safeParse(exportedUsage, item);
  return read.success ? read.data : undefined;
}
