import type { AnswerIdentity, WholeWriter } from '../../chat/dialect.ts';
import type { ChatEvent, UsageEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { AnswerSources } from './answer-sources.ts';
import { completionId } from './completion-id.ts';
import type { ExtraFields } from './extra-fields.ts';
import { writeFinishReason } from './finish-reason.ts';
import { mediaMarkdown } from './media-markdown.ts';
import type { OpenAiChatOptions } from './options.ts';
import { ToolCallList } from './tool-call-list.ts';
import { writeUsage } from './usage.ts';

/** Gathers an answer into one `chat.completion`. */
export class OpenAiWholeWriter implements WholeWriter {
  readonly #identity: AnswerIdentity;
  readonly #options: OpenAiChatOptions;
  readonly #extraFields: ExtraFields | undefined;
  readonly #sources = new AnswerSources();
  readonly #toolCalls = new ToolCallList();
  #text = '';
  #reasoning = '';
  #extra: Readonly<Record<string, string>> = {};
  #finishReason: FinishReason | undefined;
  #usage: UsageEvent | undefined;

  constructor(identity: AnswerIdentity, options: OpenAiChatOptions, extraFields?: ExtraFields) {
    this.#identity = identity;
    this.#options = options;
    this.#extraFields = extraFields;
  }

  write(events: readonly ChatEvent[]): void {
    for (const event of events) this.#event(event);
  }

  /** @throws TruncatedAnswerError when the answer never finished. */
  body(): object {
    if (this.#finishReason === undefined) {
      throw unfinishedAnswer();
    }
    return {
      id: completionId(this.#identity),
      object: 'chat.completion',
      created: this.#identity.createdAt,
      model: this.#identity.model,
      ...this.#extra,
      choices: [
        {
          index: 0,
          message: this.#message(),
          logprobs: null,
          finish_reason: writeFinishReason(this.#finishReason),
        },
      ],
      ...(this.#usage !== undefined && { usage: writeUsage(this.#usage.usage) }),
    };
  }

  #message(): object {
    const annotations = this.#sources.annotations();
    const text = this.#text + this.#sources.closingText(this.#options.searchInfoMode);
    return {
      role: 'assistant',
      content: text === '' && !this.#toolCalls.isEmpty ? null : text,
      refusal: null,
      ...(this.#reasoning !== '' && { reasoning_content: this.#reasoning }),
      ...(annotations.length > 0 && { annotations }),
      ...(!this.#toolCalls.isEmpty && { tool_calls: this.#toolCalls.bodies() }),
    };
  }

  #event(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#addText(event.text);
        break;
      case 'reasoning-delta':
        if (this.#options.outputThinking) this.#reasoning += event.text;
        break;
      case 'image':
      case 'video':
        this.#addText(mediaMarkdown(event, this.#text !== ''));
        break;
      case 'tool-call-start':
        this.#toolCalls.start(event);
        break;
      case 'tool-call-delta':
        this.#toolCalls.piece(event);
        break;
      case 'start':
        this.#extra = this.#extraFields?.(event) ?? {};
        break;
      case 'sources':
        this.#sources.add(event.sources);
        break;
      case 'usage':
        this.#usage = event;
        break;
      case 'finish':
        this.#finishReason = event.reason;
    }
  }

  #addText(text: string): void {
    this.#sources.follow(text);
    this.#text += text;
  }
}
