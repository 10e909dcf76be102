import * as z from 'zod/mini';
import type { ChatEvent, ChatEvents, FinishEvent } from '../chat/event.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Call } from '../http/invocation.ts';
import type { Sequel } from '../relay/sequel.ts';
import { newestPictures, type PictureCalls, type PictureWishes, wordsOf } from './called-picture.ts';

/** Each costs a small daily quota. */
const mostPictures = 4;

const argumentsBody = z.object({ prompt: z.optional(z.string()), change: z.optional(z.boolean()) });

export interface PictureSequelOptions {
  readonly pictures: Pick<PictureCalls, 'begin'>;
  readonly request: ChatRequest;
  readonly wishes: PictureWishes;
  /** The name under which the model calls for a picture. */
  readonly toolName: string;
  readonly call: Call;
}

/**
 * Makes the pictures that the model calls for. They end the answer: the model gets no turn after them, because it would see
 * nothing that the reader does not.
 */
export class PictureSequel implements Sequel {
  readonly #options: PictureSequelOptions;
  readonly #called: string[] = [];
  /** The arguments of the call that is being written. */
  #open: string | undefined;
  #finish: FinishEvent | undefined;

  constructor(options: PictureSequelOptions) {
    this.#options = options;
  }

  get isDue(): boolean {
    return this.#called.length > 0;
  }

  async *read(events: ChatEvents): AsyncGenerator<readonly ChatEvent[], void, undefined> {
    for await (const batch of events) {
      const others = batch.filter((event) => this.#isOther(event));
      if (others.length > 0) yield others;
    }
    // The first is told of at once: for a reader, it is the first thing to see when the model has said nothing else.
    if (this.isDue) yield [{ type: 'picture-call-start' }];
  }

  async *follow(signal: AbortSignal): AsyncGenerator<readonly ChatEvent[], void, undefined> {
    for (const [index, written] of this.#called.entries()) {
      if (index > 0) yield [{ type: 'picture-call-start' }];
      yield [{ type: 'picture-call-end', picture: await this.#make(written, signal) }];
    }
    if (this.#finish !== undefined) yield [this.#finish];
  }

  #isOther(event: ChatEvent): boolean {
    if (event.type === 'tool-call-start' && event.name === this.#options.toolName) {
      this.#open = '';
      return false;
    }
    if (event.type === 'finish' && this.isDue) {
      this.#finish = event;
      return false;
    }
    if (this.#open === undefined) return true;
    if (event.type === 'tool-call-delta') this.#open += event.text;
    else if (event.type === 'tool-call-end') {
      if (this.#called.length < mostPictures) this.#called.push(this.#open);
      this.#open = undefined;
    } else return true;
    return false;
  }

  async #make(written: string, signal: AbortSignal) {
    const { pictures, request, wishes, call } = this.#options;
    const { prompt, change } = readArguments(written);
    const isChange = wishes.action === 'edit' || (wishes.action === 'auto' && change === true);
    const shown = isChange ? newestPictures(request.messages) : [];
    const text = prompt?.trim() || wordsOf(request.messages);
    const messages = [{ role: 'user', content: [{ type: 'text', text }, ...shown] }] as const;
    const underWay = await pictures.begin({ messages, model: request.model, wishes }, call);
    const abandon = () => underWay.abandon();
    signal.addEventListener('abort', abandon);
    try {
      if (signal.aborted) abandon();
      return (await underWay.done).picture;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }
}

/** The reader of calls gives JSON; what the model put into it is anybody's guess. */
function readArguments(written: string): z.output<typeof argumentsBody> {
  return z.safeParse(argumentsBody, JSON.parse(written)).data ?? {};
}
