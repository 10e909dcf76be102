const shortest = 100;
const longest = 1000;

/** How long to wait between two looks at an answer that is being made: ever longer, until there is news. */
export class Pace {
  #milliseconds = shortest;

  next(): number {
    const milliseconds = this.#milliseconds;
    this.#milliseconds = Math.min(longest, milliseconds * 2);
    return milliseconds;
  }

  /** There was news: more of it may come soon. */
  news(): void {
    this.#milliseconds = shortest;
  }
}
