import { bytesByLetter } from './byte-letters.ts';

/**
 * Packs a vocabulary into the least that counting needs: the tokens' bytes in the order of their ranks, each behind one
 * byte with its length. A tenth of the JSON, and read in a tenth of the time.
 *
 * @param json text of a byte-level `tokenizer.json` whose merges stand in the order of the ids, as Qwen's do.
 * @throws TypeError when it is another kind of file.
 */
export function packVocabulary(json: string): Buffer {
  const ids = vocabularyOf(JSON.parse(json));
  const tokens: Buffer[] = [];
  const letters = bytesByLetter();
  for (const [written, id] of Object.entries(ids)) tokens[Number(id)] = packToken(written, letters);
  if (tokens.length !== Object.keys(ids).length) throw new TypeError('The ids of the vocabulary have gaps.');
  return Buffer.concat(tokens);
}

function vocabularyOf(file: unknown): object {
  const model = memberOf(file, 'model');
  const vocabulary = memberOf(model, 'vocab');
  if (typeof vocabulary === 'object' && vocabulary !== null) return vocabulary;
  throw new TypeError('The file holds no vocabulary.');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function packToken(written: string, letters: ReadonlyMap<number, number>): Buffer {
  const packed = Buffer.allocUnsafe(written.length + 1);
  packed.writeUInt8(written.length, 0);
  for (let place = 0; place < written.length; place += 1) {
    const byte = letters.get(written.charCodeAt(place));
    if (byte === undefined) throw new TypeError('The vocabulary is not byte-level.');
    packed.writeUInt8(byte, place + 1);
  }
  return packed;
}
