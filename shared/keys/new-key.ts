import { randomBytes } from 'node:crypto';
import { hashKey } from './hash-key.ts';

/** Makes a key. @returns the key itself, to be shown once, and its SHA-256 in hex, which is all that is kept. */
export function newKey(): { readonly plain: string; readonly hash: string } {
  const plain = `sk-${randomBytes(32).toString('base64url')}`;
  return { plain, hash: hashKey(plain).toString('hex') };
}
