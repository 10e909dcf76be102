/** Messages from `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** How many small parts are joined to a larger one. */
const base = 4;

/**
 * Cuts messages into units: each ends with the first message by which it has so many bytes. Where one ends depends on
 * nothing that follows, so that a conversation that has grown has the same units as before, and more.
 *
 * @param costs bytes of each message.
 * @returns where each whole unit ends; what follows the last one is smaller than a unit.
 */
export function unitEnds(costs: readonly number[], from: number, unitBytes: number): readonly number[] {
  const ends: number[] = [];
  let bytes = 0;
  for (const [offset, cost] of costs.slice(from).entries()) {
    bytes += cost;
    if (bytes < unitBytes) continue;
    ends.push(from + offset + 1);
    bytes = 0;
  }
  return ends;
}

/**
 * Joins the first units to few parts, as digits of a number are places: so many times 64 units, then 16, 4 and 1. One more
 * unit changes the small parts at the end; large ones stay as they are, together with their bytes, for a long time.
 *
 * @param from where the first unit begins.
 * @param count how many units there are.
 */
export function partsOf(ends: readonly number[], from: number, count: number): readonly Range[] {
  const parts: Range[] = [];
  let done = 0;
  let size = 1;
  while (size * base <= count) size *= base;
  for (; size >= 1; size /= base) {
    const taken = Math.floor((count - done) / size) * size;
    if (taken === 0) continue;
    parts.push({ from: ends[done - 1] ?? from, to: ends[done + taken - 1] ?? from });
    done += taken;
  }
  return parts;
}
