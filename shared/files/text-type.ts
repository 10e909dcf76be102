import { isUtf8 } from 'node:buffer';
import type { FileType } from './file-type.ts';

/** Text whose kind is worth telling; all other text is plain. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.md', 'text/markdown'],
  ['.csv', 'text/csv'],
  ['.html', 'text/html'],
  ['.xml', 'text/xml'],
  ['.json', 'application/json'],
]);

/** Bytes that are looked at for control characters, which text has none of. */
const looked = 8192;

/** @returns `undefined` when the bytes are no text in UTF-8. */
export function textType(bytes: Buffer, name: string): FileType | undefined {
  if (bytes.length === 0 || bytes.includes(0) || !isUtf8(bytes)) return undefined;
  if (bytes.subarray(0, looked).some(isControl)) return undefined;
  const extension = /\.\w{1,8}$/.exec(name)?.[0]?.toLowerCase() ?? '.txt';
  return { kind: 'document', mediaType: mediaTypes.get(extension) ?? 'text/plain', extension };
}

/** All but tab, line feed, form feed, carriage return and escape, which logs are full of. */
function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b;
}
