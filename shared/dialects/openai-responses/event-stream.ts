import type { EventSink } from './event-sink.ts';

/**
 * Writes events as server-sent events with rising sequence numbers. A piece of text costs one `JSON.stringify` of that
 * piece.
 */
export class EventStream implements EventSink {
  readonly #after: number;
  #output = '';
  #sequence = 0;
  #pieceHead = '';

  /** @param after the sequence number of the last event that the reader has; earlier ones are left out. */
  constructor(after = -1) {
    this.#after = after;
  }

  tell(type: string, fields: object): void {
    this.event(`response.${type}`, fields);
  }

  /** An event with its whole type. */
  event(type: string, fields: object): void {
    const number = this.#sequence++;
    if (number <= this.#after) return;
    this.#output += writeEvent(type, number, fields);
  }

  /** @returns an event that is no news: it bears the number of the one before. */
  repeat(type: string, fields: object): string {
    const number = Math.max(0, this.#sequence - 1);
    return writeEvent(type, number, fields);
  }

  beginPieces(type: string, fields: object): void {
    const name = `response.${type}`;
    const fixed = JSON.stringify({ type: name, ...fields });
    this.#pieceHead = `event: ${name}\ndata: ${fixed.slice(0, -1)},"delta":`;
  }

  piece(text: string): void {
    const number = this.#sequence++;
    if (number <= this.#after) return;
    this.#output += `${this.#pieceHead}${JSON.stringify(text)},"sequence_number":${number}}\n\n`;
  }

  /** @returns what was written since the last call. */
  take(): string {
    const output = this.#output;
    this.#output = '';
    return output;
  }
}

function writeEvent(type: string, sequence: number, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence, ...fields })}\n\n`;
}
