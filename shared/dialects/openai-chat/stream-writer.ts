import type { AnswerIdentity, StreamWriter } from '../../chat/dialect.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent, StartEvent, UsageEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { AnswerSources } from './answer-sources.ts';
import { type ChunkFrame, deltaChunk, makeChunkFrame, usageChunk } from './chunk-frame.ts';
import { writeOpenAiError } from './error-body.ts';
import type { ExtraFields } from './extra-fields.ts';
import { writeFinishReason } from './finish-reason.ts';
import { mediaMarkdown } from './media-markdown.ts';
import type { OpenAiChatOptions } from './options.ts';
import { ToolCallDeltas } from './tool-call-deltas.ts';
import { writeUsage } from './usage.ts';

/** Writes a streamed answer as `chat.completion.chunk`s. A piece of text costs one `JSON.stringify` of that piece. */
export class OpenAiStreamWriter implements StreamWriter {
  readonly #identity: AnswerIdentity;
  readonly #options: OpenAiChatOptions;
  readonly #extraFields: ExtraFields | undefined;
  readonly #sources = new AnswerSources();
  readonly #toolCalls = new ToolCallDeltas();
  #frame: ChunkFrame;
  #begun = false;
  #finishReason: FinishReason | undefined;
  #usage: UsageEvent | undefined;

  /**
   * @param extraFields when given, the first chunk waits for what comes first of the upstream's start and the first
   *   other thing to write, so that all chunks can carry these fields.
   */
  constructor(identity: AnswerIdentity, options: OpenAiChatOptions, extraFields?: ExtraFields) {
    this.#identity = identity;
    this.#options = options;
    this.#extraFields = extraFields;
    this.#frame = makeChunkFrame(identity, {});
  }

  open(): string {
    return this.#extraFields === undefined ? this.#begin() : '';
  }

  write(events: readonly ChatEvent[]): string {
    let output = '';
    for (const event of events) output += this.#event(event);
    return output;
  }

  idle(): string {
    return this.#begin() + deltaChunk(this.#frame, {}, null);
  }

  close(): string {
    if (this.#finishReason === undefined) {
      return this.fail(unfinishedAnswer());
    }
    const begin = this.#begin();
    const annotations = this.#sources.annotations();
    const usage = this.#options.includeUsage ? this.#usage : undefined;
    return [
      begin,
      this.#text(this.#sources.closingText(this.#options.searchInfoMode)),
      annotations.length > 0 ? deltaChunk(this.#frame, { annotations }, null) : '',
      deltaChunk(this.#frame, {}, writeFinishReason(this.#finishReason)),
      usage === undefined ? '' : usageChunk(this.#frame, writeUsage(usage.usage)),
      'data: [DONE]\n\n',
    ].join('');
  }

  fail(error: GatewayError): string {
    return `data: ${JSON.stringify(writeOpenAiError(error))}\n\n`;
  }

  #event(event: ChatEvent): string {
    switch (event.type) {
      case 'text-delta':
        return this.#text(event.text);
      case 'reasoning-delta':
        return this.#reasoning(event.text);
      case 'image':
      case 'video':
        return this.#text(mediaMarkdown(event, this.#sources.hasText));
      case 'tool-call-start':
        return this.#begin() + this.#toolCalls.start(event, this.#frame);
      case 'tool-call-delta':
        return this.#toolCalls.piece(event);
      case 'tool-call-end':
        return '';
      // Only OpenAI's responses have a tool that such pictures come by.
      case 'picture-call-start':
      case 'picture-call-end':
        return '';
      case 'start':
        return this.#start(event);
      case 'sources':
        this.#sources.add(event.sources);
        return '';
      case 'usage':
        this.#usage = event;
        return '';
      case 'finish':
        this.#finishReason = event.reason;
        return '';
    }
  }

  /** The first delta holds the role, which stream helpers demand. */
  #begin(): string {
    if (this.#begun) return '';
    this.#begun = true;
    return deltaChunk(this.#frame, { role: 'assistant', content: '' }, null);
  }

  #start(event: StartEvent): string {
    if (this.#extraFields === undefined) return '';
    this.#frame = makeChunkFrame(this.#identity, this.#extraFields(event));
    return this.#begin();
  }

  #text(text: string): string {
    if (text === '') return '';
    this.#sources.follow(text);
    return this.#begin() + this.#frame.textHead + JSON.stringify(text) + this.#frame.deltaTail;
  }

  #reasoning(text: string): string {
    if (text === '' || !this.#options.outputThinking) return '';
    return this.#begin() + this.#frame.reasoningHead + JSON.stringify(text) + this.#frame.deltaTail;
  }
}
