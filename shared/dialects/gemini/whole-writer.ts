import type { AnswerIdentity, WholeWriter } from '../../chat/dialect.ts';
import type { ChatEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { Usage } from '../../chat/usage.ts';
import { mediaMarkdown } from '../openai-chat/media-markdown.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { finishedAnswer } from './answer-end.ts';
import { AnswerParts } from './answer-parts.ts';
import { GatheredCall } from './gathered-call.ts';
import { Grounding } from './grounding.ts';
import type { GeminiOptions } from './options.ts';

/** Gathers an answer into one candidate. */
export class GeminiWholeWriter implements WholeWriter {
  readonly #identity: AnswerIdentity;
  readonly #options: GeminiOptions;
  readonly #parts = new AnswerParts();
  readonly #grounding = new Grounding();
  #call: GatheredCall | undefined;
  #reason: FinishReason | undefined;
  #usage: Usage | undefined;

  constructor(identity: AnswerIdentity, options: GeminiOptions) {
    this.#identity = identity;
    this.#options = options;
  }

  write(events: readonly ChatEvent[]): void {
    for (const event of events) this.#event(event);
  }

  body(): object {
    if (this.#reason === undefined) {
      throw unfinishedAnswer();
    }
    this.#parts.addText(this.#grounding.closingText(this.#options.searchInfoMode));
    return finishedAnswer(this.#identity, this.#parts.all(), {
      reason: this.#reason,
      grounding: this.#grounding,
      usage: this.#usage,
    });
  }

  #event(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#parts.addText(event.text);
        break;
      case 'reasoning-delta':
        if (this.#options.includeThoughts) this.#parts.addThought(event.text);
        break;
      case 'image':
      case 'video':
        this.#parts.addText(mediaMarkdown(event, this.#parts.hasText));
        break;
      case 'tool-call-start':
        this.#call = new GatheredCall(event);
        break;
      case 'tool-call-delta':
        this.#call?.add(event.text);
        break;
      case 'tool-call-end':
        this.#endCall();
        break;
      case 'sources':
        this.#grounding.add(event.sources);
        break;
      case 'usage':
        this.#usage = event.usage;
        break;
      case 'finish':
        this.#reason = event.reason;
        break;
      case 'start':
    }
  }

  #endCall(): void {
    if (this.#call !== undefined) this.#parts.addCall(this.#call);
    this.#call = undefined;
  }
}
