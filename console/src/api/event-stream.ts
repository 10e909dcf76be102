/** One server-sent event. */
export interface ServerEvent {
  /** `message` when it was not named. */
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/**
 * Reads server-sent events as they come, in pieces cut anywhere. Comments are left out, and so is an event that the
 * stream did not finish.
 */
export class EventReader {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string | undefined;

  /** @returns the events that this piece has completed. */
  read(piece: string): readonly ServerEvent[] {
    // A lone CR at the end may be the first half of CRLF, so it waits for the next piece.
    const text = this.#rest + piece;
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): readonly ServerEvent[] {
    if (line === '') return this.#complete();
    const colon = line.indexOf(':');
    if (colon === 0) return [];
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'id') this.#id = value;
    return [];
  }

  #complete(): readonly ServerEvent[] {
    const { length } = this.#data;
    const done = { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id };
    this.#event = '';
    this.#data = [];
    return length === 0 ? [] : [done];
  }
}
