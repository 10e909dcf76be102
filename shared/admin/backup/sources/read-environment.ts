import { parseEnv } from 'node:util';
import { splitList } from '../../../read-settings.ts';
import { readWebhookSecret } from '../../../webhooks/webhook-signature.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import { type Incoming, nothing } from '../incoming.ts';
import { accountOfText } from './account-text.ts';
import { readForeignSettings } from './foreign-settings.ts';
import { type AccountEntry, readAccounts } from './read-accounts.ts';
import { readKeys } from './read-keys.ts';

const accountSettings = ['QWEN_TOKEN', 'QWEN_TOKENS', 'ACCOUNTS'] as const;
const keySettings = ['API_KEY', 'API_KEYS'] as const;
const secretSettings: ReadonlySet<string> = new Set([...accountSettings, ...keySettings, 'WEBHOOK_SECRET']);

/** Reads the text of a `.env`: keys, tokens, accounts and settings by their names. */
export function readEnvironment(text: string): Incoming {
  const variables = parseEnv(text);
  const entries = accountSettings.flatMap((name) => accountEntriesOf(name, variables[name]));
  const accounts = readAccounts(entries);
  const keys = keySettings.flatMap((name) =>
    splitList(variables[name]).map((key, index) => ({ name: `${name} ${index + 1}`, key })),
  );
  const foreign = readForeignSettings(Object.entries(variables).filter(([name]) => !secretSettings.has(name)));
  const webhook = readWebhook(variables.WEBHOOK_SECRET);
  return {
    ...nothing,
    format: 'environment',
    accounts: accounts.accounts,
    keys: readKeys(keys),
    settings: foreign.settings,
    aliases: foreign.aliases,
    webhookSecret: webhook.secret,
    refused: [...foreign.refused, ...webhook.refused, ...accounts.refused],
  };
}

/** A password may hold a colon, but a comma ends it, as in these projects. */
function accountEntriesOf(name: string, value: string | undefined): readonly AccountEntry[] {
  return splitList(value).map((entry, index) => ({ name: `${name} ${index + 1}`, read: () => accountOfText(entry) }));
}

function readWebhook(value = ''): { readonly secret: string | undefined; readonly refused: readonly ImportItem[] } {
  const secret = value.trim();
  if (secret === '') return { secret: undefined, refused: [] };
  if (readWebhookSecret(secret) !== undefined) return { secret, refused: [] };
  return { secret: undefined, refused: [skipped('webhook', 'secret', 'It is no whsec_ secret of at least 24 bytes.')] };
}
