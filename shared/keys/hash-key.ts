import { createHash } from 'node:crypto';

/**
 * @returns SHA-256 of the key, which is all that is stored of it. No slow hash: keys are long and random, and this one is
 * computed for every request.
 */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
