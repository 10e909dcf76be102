/** Bytes of a text within a JSON body: UTF-8, with what JSON escapes. Texts that are joined have the sum of their bytes. */
export function escapedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** The longest beginning of a text within so many escaped bytes, without half a character at its end. */
export function beginningWithin(text: string, bytes: number): string {
  let room = bytes;
  let length = 0;
  // No character has less than a byte for each UTF-16 unit.
  for (const character of text.slice(0, bytes)) {
    room -= escapedBytes(character);
    if (room < 0) break;
    length += character.length;
  }
  return wholeStart(text.slice(0, length));
}

/** The longest end of a text within so many escaped bytes, without half a character at its beginning. */
export function endWithin(text: string, bytes: number): string {
  if (bytes <= 0) return '';
  let room = bytes;
  let length = 0;
  for (const character of [...text.slice(-bytes)].reverse()) {
    room -= escapedBytes(character);
    if (room < 0) break;
    length += character.length;
  }
  const end = length === 0 ? '' : text.slice(-length);
  return isLowSurrogate(end, 0) ? end.slice(1) : end;
}

/** The slice that was looked at may have ended between the halves of a pair. */
function wholeStart(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
