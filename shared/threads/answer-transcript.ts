import type { ChatEvent, ChatEvents, FinishEvent } from '../chat/event.ts';
import type { AssistantMessage } from '../chat/request.ts';

interface GivenCall {
  readonly id: string;
  readonly name: string;
  readonly pieces: string[];
}

/** What the upstream has written in one answer, and what of it its caller was given. */
export class AnswerTranscript {
  readonly #written: string[] = [];
  /** What the caller was given: dialects part the words where thinking stands between them. */
  readonly #given: string[][] = [[]];
  readonly #calls: GivenCall[] = [];
  #finish: FinishEvent | undefined;
  #isPlain = true;

  /** Passes on what the upstream writes, before anything is taken out of it. */
  async *listen(events: ChatEvents): ChatEvents {
    for await (const batch of events) {
      for (const event of batch) if (event.type === 'text-delta') this.#written.push(event.text);
      yield batch;
    }
  }

  /** @param event as the caller gets it. */
  give(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#given.at(-1)?.push(event.text);
        return;
      case 'reasoning-delta':
        if (this.#given.at(-1)?.length !== 0) this.#given.push([]);
        return;
      case 'tool-call-start':
        this.#calls.push({ id: event.id, name: event.name, pieces: [] });
        return;
      case 'tool-call-delta':
        this.#calls.at(-1)?.pieces.push(event.text);
        return;
      case 'image':
      case 'video':
        this.#isPlain = false;
        return;
      case 'finish':
        this.#finish = event;
        return;
      default:
    }
  }

  /**
   * The answer as its client will send it back.
   *
   * @returns `undefined` when the upstream chat does not end with the same words, because a limit or the filter has cut
   *   the answer, because something of it was taken out, or because dialects write it in several ways.
   */
  message(): AssistantMessage | undefined {
    const { reason, stopSequence, omits } = this.#finish ?? {};
    const ended = (reason === 'stop' || reason === 'tool-calls') && stopSequence === undefined && omits !== true;
    const parts = this.#given.map((pieces) => pieces.join('').trim()).filter((words) => words !== '');
    if (!ended || !this.#isPlain || parts.length > 1) return undefined;
    const [content = ''] = parts;
    const written = this.#written.join('').trim();
    const isWhole = this.#calls.length === 0 ? written === content : written.startsWith(content);
    if (!isWhole) return undefined;
    const toolCalls = this.#calls.map(({ id, name, pieces }) => ({ id, name, arguments: pieces.join('') }));
    return { role: 'assistant', content, toolCalls };
  }
}
