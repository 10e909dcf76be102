/**
 * The letters in which vocabularies of byte-level tokenizers write bytes: those of Latin-1 that can be seen mean
 * themselves, the others have the letters from U+0100 on, in their order.
 *
 * @returns the byte of each letter's code.
 */
export function bytesByLetter(): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>();
  let next = 0x100;
  for (let byte = 0; byte < 0x100; byte += 1) {
    if (isVisible(byte)) bytes.set(byte, byte);
    else bytes.set(next++, byte);
  }
  return bytes;
}

function isVisible(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}
