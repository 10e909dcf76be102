import type { Vocabulary } from './vocabulary.ts';

const never = Number.POSITIVE_INFINITY;

/**
 * Counts the tokens of one piece of text by byte-pair encoding: of all neighbours, those that make the token of the
 * lowest rank become one, until none make any. The work grows with the square of the length.
 *
 * @param bytes one byte in each UTF-16 unit.
 */
export function countMerged(bytes: string, vocabulary: Vocabulary): number {
  if (vocabulary.has(bytes)) return 1;
  const parts = bytes.split('');
  /** Of each part with its right neighbour. */
  const ranks = parts.map((_, place) => rankAt(place, parts, vocabulary));
  for (let place = lowest(ranks); place !== -1; place = lowest(ranks)) {
    parts.splice(place, 2, `${parts[place]}${parts[place + 1]}`);
    ranks.splice(place, 1);
    ranks[place] = rankAt(place, parts, vocabulary);
    if (place > 0) ranks[place - 1] = rankAt(place - 1, parts, vocabulary);
  }
  return parts.length;
}

function rankAt(place: number, parts: readonly string[], vocabulary: Vocabulary): number {
  const right = parts[place + 1];
  return right === undefined ? never : (vocabulary.get(`${parts[place]}${right}`) ?? never);
}

/** The place of the first of the lowest ranks; -1 when nothing can become one any more. */
function lowest(ranks: readonly number[]): number {
  let best = never;
  let at = -1;
  for (let place = 0; place < ranks.length; place += 1) {
    const rank = ranks[place] ?? never;
    if (rank < best) {
      best = rank;
      at = place;
    }
  }
  return at;
}
