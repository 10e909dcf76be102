/** A bracket that may begin the JSON, as long as nothing but blanks follow it. */
interface Candidate {
  readonly bracket: '{' | '[';
  readonly position: number;
  /** Whether nothing but blanks stands before it on its line. */
  readonly beginsLine: boolean;
}

/** What may follow a bracket at the begin of a line, blanks aside: anything that JSON allows there. */
const afterBracketAtLineBegin = { '{': '"}', '[': ']{["-0123456789tfn' } as const;

/** Within a line prose has brackets of its own, as `[1]` and `{x}`: there only the likeliest forms count. */
const afterBracketWithinLine = { '{': '"', '[': '{' } as const;

/**
 * Finds where JSON begins in a text that also holds prose and code fences: at the first object or array, not at a
 * string or a number. Reads each character once.
 */
export class JsonBegin {
  #position = 0;
  #beginsLine = true;
  #candidate: Candidate | undefined;

  /**
   * Reads one UTF-16 unit.
   *
   * @returns where the JSON began, once the unit behind its bracket confirms it; `undefined` before.
   */
  read(character: string): number | undefined {
    const position = this.#position;
    this.#position += 1;
    if (isBlank(character)) {
      if (character === '\n') this.#beginsLine = true;
      return undefined;
    }
    if (this.#candidate !== undefined && follows(this.#candidate, character)) return this.#candidate.position;
    const isBracket = character === '{' || character === '[';
    this.#candidate = isBracket ? { bracket: character, position, beginsLine: this.#beginsLine } : undefined;
    this.#beginsLine = false;
    return undefined;
  }
}

function follows({ bracket, beginsLine }: Candidate, character: string): boolean {
  return (beginsLine ? afterBracketAtLineBegin : afterBracketWithinLine)[bracket].includes(character);
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
