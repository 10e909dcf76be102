import type { Entry } from './transcript-entries.ts';

const lookAlike = /#message-([1-9]\d{0,8})#/g;

/**
 * The beginning of the lines between messages: it occurs in none of them, so nothing that a message holds can be taken
 * for such a line. One look at each text, however many look-alikes it holds.
 */
export function unusedMarker(entries: readonly Entry[]): string {
  const used = new Set<number>();
  for (const { label, text } of entries) {
    for (const words of [label, text]) {
      for (const [, number] of words.matchAll(lookAlike)) used.add(Number(number));
    }
  }
  let free = 1;
  while (used.has(free)) free += 1;
  return `#message-${free}#`;
}
