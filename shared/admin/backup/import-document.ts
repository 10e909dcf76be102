import type { ModelAlias } from '../../models/model-alias.ts';
import type { KeyDesk } from '../keys/key-desk.ts';
import { importAccounts } from './apply/import-accounts.ts';
import { importAliases } from './apply/import-aliases.ts';
import type { ImportContext } from './apply/import-context.ts';
import { importKeys } from './apply/import-keys.ts';
import { importSettings } from './apply/import-settings.ts';
import { importUsage } from './apply/import-usage.ts';
import { importWebhook } from './apply/import-webhook.ts';
import type { ImportItem } from './import-item.ts';
import type { Incoming } from './incoming.ts';

export interface ImportParts {
  readonly context: ImportContext;
  readonly desk: KeyDesk;
  /** Aliases of the setting. */
  readonly initialAliases: readonly ModelAlias[];
}

/**
 * Takes in what a document holds, or only tells what would become of it. Each write has a condition, and the same document
 * again changes nothing, so that it may be sent again after anything that went wrong.
 *
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function importDocument(
  incoming: Incoming,
  { context, desk, initialAliases }: ImportParts,
): Promise<readonly ImportItem[]> {
  return [
    ...(await importSettings(incoming.settings, context)),
    ...(await importAliases({ incoming: incoming.aliases, initial: initialAliases }, context)),
    ...(await importWebhook(incoming.webhookSecret, context)),
    ...(await importKeys(incoming.keys, desk, context)),
    ...(await importAccounts(incoming.accounts, context)),
    ...(await importUsage(incoming.usage, context)),
    ...incoming.refused,
  ];
}
