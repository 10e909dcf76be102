import { setImmediate as letOthersRun } from 'node:timers/promises';
import { countMerged } from './count-merged.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Qwen's cut of a text into pieces that are encoded each on its own: words with the space before them, single digits. */
const piecePattern =
  /'(?:[sSmMtTdD]|[rR][eE]|[vV][eE]|[lL][lL])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** Longer pieces are counted in parts, so that the work stays linear; each cut may count a few tokens too many. */
const longestPart = 128;
/** UTF-16 units that are counted without a break: a few milliseconds of work, as a rule. */
const stride = 50_000;
/** Pieces whose counts are kept: texts repeat their words. */
const mostRemembered = 50_000;

/** Counts tokens as Qwen3's tokenizer makes them. Markers such as `<|im_start|>` count as the text that they are. */
export class TokenCounter {
  readonly #vocabulary: Vocabulary;
  readonly #known = new Map<string, number>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** Linear in the text's length; lets other work of the process run in between. */
  async count(text: string): Promise<number> {
    const normal = text.normalize('NFC');
    let count = 0;
    let pieceEnd = 0;
    let nextBreak = stride;
    for (let begin = 0; begin < normal.length; ) {
      if (begin >= pieceEnd) pieceEnd = endOfPiece(normal, begin);
      const end = Math.min(pieceEnd, begin + longestPart);
      count += this.#countPart(normal.slice(begin, end));
      begin = end;
      if (begin < nextBreak) continue;
      await letOthersRun();
      nextBreak = begin + stride;
    }
    return count;
  }

  #countPart(part: string): number {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const bytes = Buffer.from(part, 'utf8');
    const count = countMerged(bytes.toString('latin1'), this.#vocabulary);
    if (this.#known.size >= mostRemembered) this.#known.clear();
    // A copy: a slice would keep the whole text in memory.
    this.#known.set(bytes.toString('utf8'), count);
    return count;
  }
}

/** Every character belongs to some piece, so the next one begins where the last one ended. */
function endOfPiece(text: string, begin: number): number {
  piecePattern.lastIndex = begin;
  return piecePattern.test(text) ? piecePattern.lastIndex : text.length;
}
