import { createHash, randomBytes } from 'node:crypto';

/** Never to be changed: titles that were given before must still be known. */
const word = 'qwen-gateway temporary chat ';
const nonceBytes = 8;
const checkLetters = 12;

/**
 * Makes a title for a chat that nobody is to keep. Its end proves that a gateway gave it: a function may die before the
 * chat's row is written, and then nothing else tells the chat from its owner's own.
 */
export function temporaryTitle(title: string): string {
  const nonce = randomBytes(nonceBytes).toString('hex');
  return `${title} ${nonce}-${checkOf(nonce)}`;
}

/** Whether a title was made by `temporaryTitle`. By chance one in 281 million million titles of this form would pass. */
export function isTemporaryTitle(title: string): boolean {
  const [, nonce, check] = / ([0-9a-f]{16})-([0-9a-f]{12})$/.exec(title) ?? [];
  return nonce !== undefined && checkOf(nonce) === check;
}

function checkOf(nonce: string): string {
  return createHash('sha256')
    .update(word + nonce)
    .digest('hex')
    .slice(0, checkLetters);
}
