import { chunkMark, stampEnd } from '../upstream/frames.ts';

/** Counts the chunks of an answer in any dialect, wherever the network cut it. */
export class ChunkCounter {
  readonly #onStamp: (stamp: number) => void;
  #rest = '';
  count = 0;

  /** @param onStamp gets the time that a chunk carries. */
  constructor(onStamp: (stamp: number) => void) {
    this.#onStamp = onStamp;
  }

  push(bytes: Buffer): void {
    const text = this.#rest + bytes.toString('latin1');
    let read = 0;
    for (let at = text.indexOf(chunkMark); at !== -1; at = text.indexOf(chunkMark, read)) {
      const end = text.indexOf(stampEnd, at);
      if (end === -1) {
        this.#rest = text.slice(at);
        return;
      }
      this.count += 1;
      this.#onStamp(Number(text.slice(at + chunkMark.length, end)));
      read = end;
    }
    this.#rest = text.slice(Math.max(read, text.length - chunkMark.length + 1));
  }
}
