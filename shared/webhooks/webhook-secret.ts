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

/**
 * Makes the table hold the secret of WEBHOOK_SECRET, encrypted, or none when there is none.
 *
 * @throws ConfigurationError when it is no `whsec_` secret; StoreUnavailableError, SecretKeyUnavailableError
 */
export async function importWebhookSecret(env: Environment, table: Table, box: SecretBox): Promise<void> {
  const secret = env.WEBHOOK_SECRET?.trim() ?? '';
  if (secret === '') {
    await table.delete(webhookSecretKey);
    return;
  }
  if (readWebhookSecret(secret) === undefined) {
    throw new ConfigurationError('WEBHOOK_SECRET must be whsec_ and at least 24 bytes in base64.');
  }
  if ((await readStored(table, box)) === secret) return;
  await table.put(webhookSecretKey, { secret: await box.seal(secret, owner) });
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
  const secret = await readStored(table, box);
  return secret === undefined ? undefined : readWebhookSecret(secret);
}

async function readStored(table: Table, box: SecretBox): Promise<string | undefined> {
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
