import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { ExportUnreadableError } from './backup-errors.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SealedSecrets } from './export-document.ts';

/** How the key is made of the passphrase: 128 MB of memory and about half a second of one processor. */
export const sealing = { kdf: 'scrypt', n: 131_072, r: 8, p: 1, cipher: 'aes-256-gcm' } as const;

const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
/** Bytes; 128·n·r, and a little for the rest. */
const scryptMemory = 128 * sealing.n * sealing.r + 1_048_576;

/** A document, but for the ciphertext itself: all of it is additional data, so that nothing in it can be changed. */
type Bound = Readonly<Record<string, unknown>>;

/** Encrypts the secrets of an export, bound to the rest of its document. */
export async function sealSecrets(plain: object, passphrase: string, document: Bound): Promise<SealedSecrets> {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const head = { ...sealing, salt: salt.toString('base64'), nonce: nonce.toString('base64') };
  const cipher = createCipheriv(sealing.cipher, await deriveKey(passphrase, salt), nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(document, head));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { ...head, data: sealed.toString('base64') };
}

/** @throws ExportUnreadableError */
export async function openSecrets({ data, ...head }: SealedSecrets, passphrase: string, document: Bound) {
  const key = await deriveKey(passphrase, Buffer.from(head.salt, 'base64'));
  const sealed = Buffer.from(data, 'base64');
  try {
    const nonce = Buffer.from(head.nonce, 'base64');
    const decipher = createDecipheriv(sealing.cipher, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(additionalData(document, head));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const plain = decipher.update(sealed.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    const parsed: unknown = JSON.parse(plain);
    return parsed;
  } catch (cause) {
    throw new ExportUnreadableError({ cause });
  }
}

function additionalData(document: Bound, head: object): Buffer {
  return Buffer.from(canonicalJson({ ...document, secrets: head }));
}

/** The end of the last derivation. One at a time: two would not fit into the function's memory. */
let last: Promise<unknown> = Promise.resolve();

function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  const { n, r, p } = sealing;
  const begin = () =>
    new Promise<Buffer>((resolve, reject) => {
      // The same letters may come as other bytes from another keyboard.
      scrypt(passphrase.normalize('NFC'), salt, keyBytes, { N: n, r, p, maxmem: scryptMemory }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  const derived = last.then(begin);
  last = derived.catch(() => undefined);
  return derived;
}
