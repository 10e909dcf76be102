import { fetchWebhookSecret, restoreWebhookSecret } from '../../../webhooks/webhook-secret.ts';
import { readWebhookSecret } from '../../../webhooks/webhook-signature.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { ImportContext } from './import-context.ts';

/** Takes the secret of webhooks where there is none. One that is there stays, as receivers know it. */
export async function importWebhook(
  secret: string | undefined,
  { table, secretBox, write }: ImportContext,
): Promise<readonly ImportItem[]> {
  if (secret === undefined) return [];
  const item = { kind: 'webhook', name: 'secret', id: null, reason: null } as const;
  if (readWebhookSecret(secret) === undefined) return [skipped('webhook', 'secret', 'It is no whsec_ secret.')];
  const stored = await fetchWebhookSecret(table, secretBox);
  if (stored === secret) return [{ ...item, outcome: 'unchanged' }];
  const isTaken = stored === undefined && (!write || (await restoreWebhookSecret(table, secretBox, secret)));
  if (isTaken) return [{ ...item, outcome: 'added' }];
  return [skipped('webhook', 'secret', 'There is another one, which receivers know. Change it by WEBHOOK_SECRET.')];
}
