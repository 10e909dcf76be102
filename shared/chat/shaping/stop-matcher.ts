/**
 * A place among the stop sequences: what was read ends with the first `depth` characters of `sequence`, and with no
 * longer beginning of any of them.
 */
class Place {
  readonly next = new Map<number, Place>();
  readonly depth: number;
  /** One of the sequences that begin this way. */
  readonly sequence: string;
  /** The place of the longest proper ending of the same characters; none for the start. */
  fallback: Place | undefined;
  /** Length of the longest sequence that ends here; 0 for none. */
  matched = 0;

  constructor(depth: number, sequence: string) {
    this.depth = depth;
    this.sequence = sequence;
  }
}

/**
 * Recognises several stop sequences at once in a text that is read once, character by character, whatever their
 * overlaps: the automaton of Aho and Corasick over UTF-16 units.
 */
export class StopMatcher {
  readonly #start = new Place(0, '');
  #place = this.#start;

  /** @param sequences none empty. */
  constructor(sequences: readonly string[]) {
    for (const sequence of sequences) insert(this.#start, sequence);
    linkFallbacks(this.#start);
  }

  /** How many characters at the end of what was read may begin a stop sequence. */
  get pending(): number {
    return this.#place.depth;
  }

  /** Those characters. */
  get pendingText(): string {
    return this.#place.sequence.slice(0, this.#place.depth);
  }

  /**
   * Reads one UTF-16 unit.
   *
   * @returns the length of the stop sequence that ends with it, of the longest if there are several; 0 for none.
   */
  read(unit: number): number {
    this.#place = follow(this.#place, unit) ?? this.#start;
    return this.#place.matched;
  }

  /** Forgets what was read. */
  reset(): void {
    this.#place = this.#start;
  }
}

/** The place behind `place` and one more unit, or `undefined` when no beginning fits. */
function follow(place: Place, unit: number): Place | undefined {
  for (let from: Place | undefined = place; from !== undefined; from = from.fallback) {
    const following = from.next.get(unit);
    if (following !== undefined) return following;
  }
  return undefined;
}

function insert(start: Place, sequence: string): void {
  let place = start;
  for (let index = 0; index < sequence.length; index += 1) {
    const unit = sequence.charCodeAt(index);
    const following = place.next.get(unit) ?? new Place(index + 1, sequence);
    place.next.set(unit, following);
    place = following;
  }
  place.matched = sequence.length;
}

/** Level by level, since a fallback is always less deep than its place. */
function linkFallbacks(start: Place): void {
  let level = [start];
  while (level.length > 0) {
    const nextLevel: Place[] = [];
    for (const place of level) {
      for (const [unit, child] of place.next) {
        child.fallback = (place.fallback && follow(place.fallback, unit)) ?? start;
        child.matched ||= child.fallback.matched;
        nextLevel.push(child);
      }
    }
    level = nextLevel;
  }
}
