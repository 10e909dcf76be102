/** Where the text cites a source: `[[7]]`, both ends in UTF-16 units from the begin of the whole text. */
export interface CitationMark {
  readonly number: number;
  readonly start: number;
  /** Behind the last bracket. */
  readonly end: number;
}

/** How much of a mark has been read: nothing, `[`, `[[`, `[[7`, `[[7]`. */
type Progress = 'none' | 'one-bracket' | 'two-brackets' | 'digits' | 'closing';

const openBracket = 0x5b;
const closeBracket = 0x5d;
const zero = 0x30;
const nine = 0x39;

/**
 * Finds citations in a text that comes in pieces, wherever it is cut (qwen-web §4.4: marks are split over chunks). Each
 * character is looked at once.
 */
export class CitationTracker {
  readonly #marks: CitationMark[] = [];
  #progress: Progress = 'none';
  #length = 0;
  #start = 0;
  #number = 0;

  /** All marks found so far, in the text's order. */
  get marks(): readonly CitationMark[] {
    return this.#marks;
  }

  /** Length of the text so far, in UTF-16 units. */
  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    let index = 0;
    while (index < text.length) {
      if (this.#progress === 'none') {
        index = text.indexOf('[', index);
        if (index === -1) break;
      }
      this.#progress = this.#next(text.charCodeAt(index), this.#length + index);
      index += 1;
    }
    this.#length += text.length;
  }

  #next(character: number, position: number): Progress {
    if (character === openBracket) return this.#open(position);
    if (character === closeBracket) return this.#close(position);
    if (character < zero || character > nine) return 'none';
    return this.#digit(character - zero);
  }

  #open(position: number): Progress {
    if (this.#progress === 'one-bracket') return 'two-brackets';
    if (this.#progress === 'two-brackets') {
      // A third bracket: the mark begins with the last two.
      this.#start += 1;
      return 'two-brackets';
    }
    this.#start = position;
    return 'one-bracket';
  }

  #close(position: number): Progress {
    if (this.#progress === 'digits') return 'closing';
    if (this.#progress === 'closing') {
      this.#marks.push({ number: this.#number, start: this.#start, end: position + 1 });
    }
    return 'none';
  }

  #digit(digit: number): Progress {
    if (this.#progress === 'two-brackets') this.#number = digit;
    else if (this.#progress === 'digits') this.#number = this.#number * 10 + digit;
    else return 'none';
    return 'digits';
  }
}
