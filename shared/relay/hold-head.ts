import { EmptyAnswerError } from '../chat/errors/answer-faults.ts';
import { type ChatEvent, type ChatEvents, isVisible } from '../chat/event.ts';

/**
 * Reads up to the first visible event, so that everything that goes wrong before it can still become a status, or be
 * tried with another account.
 *
 * @returns the same events, from the first one on.
 * @throws what `events` throws, or EmptyAnswerError when they end without anything to show.
 */
export async function holdHead(events: ChatEvents): Promise<ChatEvents> {
  const source = events[Symbol.asyncIterator]();
  const held: (readonly ChatEvent[])[] = [];
  for (;;) {
    const next = await source.next();
    if (next.done === true) break;
    held.push(next.value);
    if (next.value.some((event) => isVisible(event) || event.type === 'finish')) return new ResumedEvents(held, source);
  }
  throw new EmptyAnswerError('Qwen sent nothing. Try again in a minute, or with another account.');
}

/** Gives the held batches first, then whatever the source gives, without a step in between. */
class ResumedEvents implements AsyncIterableIterator<readonly ChatEvent[]> {
  readonly #held: (readonly ChatEvent[])[];
  readonly #source: AsyncIterator<readonly ChatEvent[]>;

  constructor(held: (readonly ChatEvent[])[], source: AsyncIterator<readonly ChatEvent[]>) {
    this.#held = held;
    this.#source = source;
  }

  next(): Promise<IteratorResult<readonly ChatEvent[]>> {
    const value = this.#held.shift();
    return value === undefined ? this.#source.next() : Promise.resolve({ done: false, value });
  }

  async return(): Promise<IteratorResult<readonly ChatEvent[]>> {
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
