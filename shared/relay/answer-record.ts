import type { AnswerFacts } from '../chat/call-meter.ts';
import { EmptyAnswerError } from '../chat/errors/answer-faults.ts';
import { type ChatEvent, type ChatEvents, isVisible } from '../chat/event.ts';
import type { FinishReason } from '../chat/finish-reason.ts';
import { AnswerTokens } from '../chat/shaping/answer-tokens.ts';
import type { Usage } from '../chat/usage.ts';
import { AnswerTranscript } from '../threads/answer-transcript.ts';

/** What is known of an answer so far. */
export class AnswerRecord implements AnswerFacts {
  responseId: string | undefined;
  finishReason: FinishReason | undefined;
  /** The words of the answer, for who has to know them. */
  readonly transcript: AnswerTranscript | undefined;
  beganAt: number | undefined;
  readonly #tokens = new AnswerTokens();
  #hasContent = false;

  /** @param withWords whether the words are kept, too. */
  constructor(withWords = false) {
    this.transcript = withWords ? new AnswerTranscript() : undefined;
  }

  get usage(): Usage | undefined {
    return this.#tokens.usage;
  }

  get uncountedTokens(): number {
    return this.#tokens.uncounted;
  }

  /** Takes note of what the upstream itself says, before it gets the shape that its caller sees. */
  listen(events: ChatEvents): ChatEvents {
    return this.transcript?.listen(events) ?? events;
  }

  /**
   * Passes events on and takes note of them. Throws EmptyAnswerError in place of a good end after which the caller
   * would hold nothing: no text, no call, no picture, no video. An answer cut by the caller's own limits, or by the filter, may
   * be empty.
   */
  async *watch(events: ChatEvents): AsyncGenerator<readonly ChatEvent[], void, undefined> {
    for await (const batch of events) {
      for (const event of batch) this.#note(event);
      yield batch;
    }
  }

  #note(event: ChatEvent): void {
    this.transcript?.give(event);
    this.#tokens.note(event);
    if (this.beganAt === undefined && isVisible(event)) this.beganAt = performance.now();
    switch (event.type) {
      case 'text-delta':
      case 'tool-call-start':
      case 'image':
      case 'video':
        this.#hasContent = true;
        return;
      case 'start':
        this.responseId = event.responseId;
        return;
      case 'finish':
        this.#finish(event.reason);
        return;
      default:
    }
  }

  #finish(reason: FinishReason): void {
    if (reason === 'stop' && !this.#hasContent) {
      throw new EmptyAnswerError(
        'Qwen ended its answer without a word. Try again in a minute, or with another account.',
      );
    }
    this.finishReason = reason;
  }
}
