import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import { webhookSecretKey } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import { ConfigurationError } from '../store/store-errors.ts';
import type { Table } from '../store/table.ts';
import { readWebhookSecret } from './webhook-signature.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Ties the ciphertext to its row. */
const owner = 'webhook';

/** Marks a secret that came with a backup: the environment does not take it away by having none. */
const restoredSource = 'import';

/**
 * Makes the table hold the secret of WEBHOOK_SECRET, encrypted, or none when there is none but a backup's.
 *
 * @throws ConfigurationError when it is no `whsec_` secret; StoreUnavailableError, SecretKeyUnavailableError
 */
export async function importWebhookSecret(env: Environment, table: Table, box: SecretBox): Promise<void> {
  const secret = env.WEBHOOK_SECRET?.trim() ?? '';
  if (secret === '') {
    await table.delete(webhookSecretKey, { absent: ['source'] });
    return;
  }
  if (readWebhookSecret(secret) === undefined) {
    throw new ConfigurationError('WEBHOOK_SECRET must be whsec_ and at least 24 bytes in base64.');
  }
  if ((await fetchWebhookSecret(table, box)) === secret) return;
  await table.put(webhookSecretKey, { secret: await box.seal(secret, owner) });
}

/**
 * Takes the secret of a backup where there is none yet.
 *
 * @param secret in its `whsec_` form.
 * @returns whether it was taken.
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function restoreWebhookSecret(table: Table, box: SecretBox, secret: string): Promise<boolean> {
  const sealed = await box.seal(secret, owner);
  return table.put(webhookSecretKey, { secret: sealed, source: restoredSource }, { exists: false });
}

/** Whether events can be signed. One read. @throws StoreUnavailableError */
export async function hasWebhookSecret(table: Table): Promise<boolean> {
  return (await table.get(webhookSecretKey)) !== undefined;
}

/**
 * @returns the key that events are signed with; `undefined` when the owner has set none.
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function fetchWebhookKey(table: Table, box: SecretBox): Promise<Buffer | undefined> {
  const secret = await fetchWebhookSecret(table, box);
  return secret === undefined ? undefined : readWebhookSecret(secret);
}

/** @returns the secret in its `whsec_` form; `undefined` when there is none. @throws StoreUnavailableError, SecretKeyUnavailableError */
export async function fetchWebhookSecret(table: Table, box: SecretBox): Promise<string | undefined> {
  const sealed = textAttribute((await table.get(webhookSecretKey)) ?? {}, 'secret');
  if (sealed === undefined) return undefined;
  try {
    return await box.open(sealed, owner);
  } catch (error) {
    // It was encrypted with another key, so that it is as good as none.
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}
