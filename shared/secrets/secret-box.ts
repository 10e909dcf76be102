import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { SecretUnreadableError } from './secret-errors.ts';
import { fetchSecretKey } from './secret-key.ts';

const algorithm = 'aes-256-gcm';
const format = 'v1';
const nonceBytes = 12;
const tagBytes = 16;
const derivedBytes = 32;

/**
 * Encrypts what an account proves itself with, by AES-256-GCM. The text form is `v1.<nonce>.<ciphertext and tag>`, both
 * base64url; the account's id is additional data, so that a ciphertext moved to another row can't be read.
 */
export class SecretBox {
  readonly #fetchKey: () => Promise<Buffer>;
  #key: Promise<Buffer> | undefined;

  /** @param fetchKey gives the 32-byte key; called at most once at a time, and no more after it has succeeded. */
  constructor(fetchKey: () => Promise<Buffer>) {
    this.#fetchKey = fetchKey;
  }

  /** @throws SecretKeyUnavailableError */
  async seal(plainText: string, accountId: string): Promise<string> {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, await this.#keyOnce(), nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(accountId));
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${format}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
  }

  /**
   * @throws SecretUnreadableError when the text is not what `seal` gave for this account and key.
   * @throws SecretKeyUnavailableError
   */
  async open(sealedText: string, accountId: string): Promise<string> {
    const key = await this.#keyOnce();
    const [version, nonce, body, ...rest] = sealedText.split('.');
    const sealed = Buffer.from(body ?? '', 'base64url');
    if (version !== format || nonce === undefined || rest.length > 0 || sealed.length < tagBytes) {
      throw unreadable(accountId);
    }
    try {
      const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64url'), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(accountId));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      return decipher.update(sealed.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw unreadable(accountId, cause);
    }
  }

  /**
   * A key for something else than secrets, of 32 bytes, which is the same wherever the box has the same key.
   *
   * @param purpose what it is for; different purposes have different keys.
   * @throws SecretKeyUnavailableError
   */
  async derive(purpose: string): Promise<Buffer> {
    return Buffer.from(hkdfSync('sha256', await this.#keyOnce(), '', `qwen-gateway ${purpose}`, derivedBytes));
  }

  #keyOnce(): Promise<Buffer> {
    this.#key ??= this.#fetchKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }
}

/** Opens the box whose key is in the SSM parameter named by SECRET_KEY_PARAMETER, fetched when first needed. */
export function openSecretBox(env: Readonly<Record<string, string | undefined>>): SecretBox {
  return new SecretBox(() => fetchSecretKey(env));
}

function unreadable(accountId: string, cause?: unknown): SecretUnreadableError {
  return new SecretUnreadableError(
    `The stored secret of account ${accountId} can't be read with the gateway's key. Import the account again.`,
    { cause },
  );
}
