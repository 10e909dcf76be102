import { setTimeout as pause } from 'node:timers/promises';
import { TruncatedAnswerError } from '../../chat/errors/answer-faults.ts';
import type { ChatEvent, ChatEvents, ImageEvent } from '../../chat/event.ts';
import { pictureInText } from '../../chat/picture-in-text.ts';

/** How often the chat is read before the answer counts as one without a picture, and the milliseconds between (qwen-web §5.1). */
const looks = 5;
const between = 800;

/** Reads what the upstream keeps of the answer. */
export type FindPictures = () => Promise<readonly ImageEvent[]>;

/**
 * Adds the pictures that an answer's stream has not shown, or has lost with its connection: they are made all the same,
 * they count against a small quota, and the chat holds them.
 *
 * @param signal ends the looking.
 * @throws what `events` throws, unless the connection broke and there is a picture.
 */
export async function* withLatePictures(events: ChatEvents, find: FindPictures, signal: AbortSignal): ChatEvents {
  const shown = new ShownPicture();
  try {
    for await (const batch of events) {
      shown.note(batch);
      const isEnd = batch.some(({ type }) => type === 'finish');
      yield isEnd && !shown.seen ? withPictures(batch, await lookFor(find, signal)) : batch;
    }
  } catch (error) {
    if (!(error instanceof TruncatedAnswerError) || shown.ended) throw error;
    // What follows a picture are a few words about it.
    const found = shown.seen ? [] : await lookFor(find, signal);
    if (!shown.seen && found.length === 0) throw error;
    yield [...found, { type: 'finish', reason: 'stop' }];
  }
}

/** Whether an answer has shown a picture so far. */
class ShownPicture {
  seen = false;
  ended = false;
  #text = '';

  note(batch: readonly ChatEvent[]): void {
    for (const event of batch) {
      if (event.type === 'image') this.seen = true;
      if (event.type === 'text-delta') this.#text += event.text;
      if (event.type === 'finish') {
        this.ended = true;
        this.seen ||= pictureInText(this.#text) !== undefined;
      }
    }
  }
}

function withPictures(batch: readonly ChatEvent[], found: readonly ImageEvent[]): readonly ChatEvent[] {
  const end = batch.findIndex(({ type }) => type === 'finish');
  return [...batch.slice(0, end), ...found, ...batch.slice(end)];
}

async function lookFor(find: FindPictures, signal: AbortSignal): Promise<readonly ImageEvent[]> {
  for (let look = 1; look <= looks && !signal.aborted; look += 1) {
    const found = await find().catch((): readonly ImageEvent[] => []);
    if (found.length > 0 || look === looks) return found;
    await pause(between, undefined, { signal }).catch(() => undefined);
  }
  return [];
}
