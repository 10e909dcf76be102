/**
 * The rank of each token: the lower, the earlier two neighbours become this token. Keys hold one byte in each UTF-16 unit.
 */
export type Vocabulary = ReadonlyMap<string, number>;

/** @param packed as `packVocabulary` makes it. */
export function readVocabulary(packed: Buffer): Vocabulary {
  const bytes = packed.toString('latin1');
  const ranks = new Map<string, number>();
  for (let place = 0; place < bytes.length; ) {
    const begin = place + 1;
    place = begin + bytes.charCodeAt(place);
    ranks.set(bytes.slice(begin, place), ranks.size);
  }
  return ranks;
}
