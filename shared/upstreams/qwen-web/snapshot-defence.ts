/** Snapshots in a row, and characters re-sent by the last one, after which a stream is known to send snapshots. */
const neededSnapshots = 2;
const neededOverlap = 16;

/**
 * Gives only what is new of a text that comes in chunks. The site sends increments; one observer reports a mode in
 * which every chunk is the whole text so far (qwen-web §4.3). An increment may repeat what came before ("ha", "ha"), so
 * a chunk counts as a snapshot only when it is longer than the one before and begins with it. While every chunk so far
 * was one, the text after the first chunk is held; the first chunk that is none shows that all were increments. For
 * those, the work per chunk is one comparison of lengths at the start of the stream, and none later.
 */
export class SnapshotDefence {
  #mode: 'undecided' | 'increments' | 'snapshots' = 'undecided';
  /** The chunk before; in snapshot mode the whole text so far. */
  #last = '';
  #held = '';
  #shownLength = 0;
  #snapshots = 0;

  /** @returns what to show now; `''` when nothing is new, or nothing is certain. */
  push(chunk: string): string {
    if (this.#mode === 'increments') return chunk;
    if (this.#mode === 'snapshots') return this.#grow(chunk);
    if (this.#last === '') return this.#begin(chunk);
    if (chunk === '') return '';
    if (chunk.length <= this.#last.length || !chunk.startsWith(this.#last)) return this.#flushAsIncrements() + chunk;
    // In a text that repeats itself, beginning alike proves nothing.
    if (!chunk.includes(this.#last, 1)) this.#snapshots++;
    const overlap = this.#last.length;
    this.#last = chunk;
    if (this.#snapshots >= neededSnapshots && overlap >= neededOverlap) return this.#flushAsSnapshot();
    this.#held += chunk;
    return '';
  }

  /** Decides about what is held, because something else follows. */
  flush(): string {
    if (this.#held === '') return '';
    return this.#snapshots >= neededSnapshots ? this.#flushAsSnapshot() : this.#flushAsIncrements();
  }

  #begin(chunk: string): string {
    this.#last = chunk;
    this.#shownLength = chunk.length;
    return chunk;
  }

  #flushAsIncrements(): string {
    this.#mode = 'increments';
    const held = this.#held;
    this.#held = '';
    this.#last = '';
    return held;
  }

  #flushAsSnapshot(): string {
    this.#mode = 'snapshots';
    this.#held = '';
    return this.#last.slice(this.#shownLength);
  }

  #grow(chunk: string): string {
    if (this.#last.startsWith(chunk)) return '';
    const shown = chunk.startsWith(this.#last) ? this.#last.length : 0;
    this.#last = shown === 0 ? this.#last + chunk : chunk;
    return chunk.slice(shown);
  }
}
