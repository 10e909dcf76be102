import type { Credentials } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import type { Account } from './account.ts';
import { openSecret } from './account-secret.ts';

/** The decrypted credentials of accounts, each kept for as long as its ciphertext stays the same. */
export class CredentialCache {
  readonly #box: SecretBox;
  readonly #opened = new Map<string, { readonly secret: string; readonly credentials: Credentials }>();

  constructor(box: SecretBox) {
    this.#box = box;
  }

  /**
   * @throws SecretUnreadableError, also when the secret holds no token.
   * @throws SecretKeyUnavailableError
   */
  async of(account: Account): Promise<Credentials> {
    const held = this.#opened.get(account.id);
    if (held?.secret === account.secret) return held.credentials;
    const { token, cookie } = await openSecret(this.#box, account.id, account.secret);
    if (token === undefined) throw new SecretUnreadableError(`The secret of account ${account.id} holds no token.`);
    const credentials = { token, ...(cookie !== undefined && { cookie }) };
    this.#opened.set(account.id, { secret: account.secret, credentials });
    return credentials;
  }
}
