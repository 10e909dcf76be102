import * as z from 'zod/mini';
import type { AccountSecret } from '../../accounts/account-secret.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { ExportUnreadableError } from './backup-errors.ts';
import {
  type ExportDocument,
  type ExportedAccount,
  type ExportedKey,
  type ExportSecrets,
  exportSecrets,
  parseExport,
} from './export-document.ts';
import { type ImportItem, skipped } from './import-item.ts';
import type { Incoming, IncomingAccount, IncomingKey } from './incoming.ts';
import { openSecrets } from './seal-secrets.ts';

const noSecrets: ExportSecrets = { accounts: {}, keys: {}, webhook: null };

/** States of keys that are good for nothing, and what is said of them. */
const useless: Readonly<Record<string, string>> = {
  expired: 'Its time is over.',
  blocked: 'Its limits could not be read where it came from, so it was good for nothing there. Make a new one.',
};

/**
 * Reads an export of a gateway.
 *
 * @throws InvalidRequestError when it is none of this version, or needs a passphrase.
 * @throws ExportUnreadableError when the passphrase does not open it.
 */
export async function readOwnExport(document: object, passphrase: string | undefined): Promise<Incoming> {
  const read = parseExport(document);
  const secrets = await secretsOf(read, document, passphrase);
  const uselessKeys = read.keys.flatMap(({ name, state }) => {
    const reason = useless[state];
    return reason === undefined ? [] : [skipped('key', name, reason)];
  });
  return {
    format: read.format,
    madeAt: read.made_at,
    settings: read.settings,
    aliases: read.aliases,
    keys: read.keys.filter(({ state }) => useless[state] === undefined).map((key) => incomingKey(key, secrets)),
    accounts: read.accounts.map((account) => incomingAccount(account, secrets)),
    webhookSecret: secrets.webhook ?? undefined,
    usage: read.usage ?? [],
    refused: [...uselessKeys, ...unsigned(read)],
  };
}

async function secretsOf(
  { secrets }: ExportDocument,
  document: object,
  passphrase: string | undefined,
): Promise<ExportSecrets> {
  if (secrets === null) return noSecrets;
  if (passphrase === undefined) {
    throw new InvalidRequestError('This export has encrypted secrets. Send its passphrase.', { param: 'passphrase' });
  }
  const read = z.safeParse(exportSecrets, await openSecrets(secrets, passphrase, { ...document }));
  if (!read.success) throw new ExportUnreadableError();
  return read.data;
}

/** A webhook's secret that the other gateway has, and the document has not. */
function unsigned({ webhook, secrets }: ExportDocument): readonly ImportItem[] {
  if (!webhook.has_secret || secrets !== null) return [];
  return [skipped('webhook', 'secret', 'The export was made without secrets.')];
}

function incomingKey(key: ExportedKey, secrets: ExportSecrets): IncomingKey {
  const { id, name, role, created_at: created, expires_at, models, routes, conversations, limits } = key;
  return {
    id,
    name,
    role,
    hash: secrets.keys[id],
    limits: { expires_at, models, routes, conversations, ...(limits !== undefined && { limits }) },
    ...(created !== null && { createdAt: Date.parse(created) }),
  };
}

function incomingAccount(account: ExportedAccount, secrets: ExportSecrets): IncomingAccount {
  const { id, label, state, reason, proxy_url: proxyUrl } = account;
  const held = secrets.accounts[id];
  const secret: AccountSecret = held ?? (proxyUrl === null ? {} : { proxyUrl });
  return { id, label, was: state, secret, hasSecret: held !== undefined, ...(reason !== null && { reason }) };
}
