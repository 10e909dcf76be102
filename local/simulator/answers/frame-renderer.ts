import { spacedJson } from '../json-spacing.ts';
import type { AnswerPart } from './part.ts';
import { countTokens, type UsageMeter } from './usage-meter.ts';

export interface FrameIdentity {
  readonly chatId: string;
  /** The user message that is answered: named `parent_id` in the stream. */
  readonly messageId: string;
  readonly responseId: string;
  /** Epoch seconds. */
  readonly timestamp: number;
}

export interface FramingOptions {
  /** Whether deltas name their phase: only when `output_schema` was asked for (qwen-web §4.1). */
  readonly phases: boolean;
  /** Whether each frame repeats the whole text so far (qwen-web §4.3, "snapshots"). */
  readonly snapshots: boolean;
}

/**
 * Writes the parts of one answer in the recorded framing (qwen-web §4.3): spaced JSON, one `data:` line and a blank
 * line per event, and the odd spacing of `response.created`. What stays the same in all text frames is made once.
 */
export class FrameRenderer {
  readonly #identity: FrameIdentity;
  readonly #usage: UsageMeter;
  readonly #options: FramingOptions;
  readonly #textTail: string;
  readonly #frameTail: string;
  #snapshot = '';
  #lastText = '';
  #lastTextJson = '""';

  constructor(identity: FrameIdentity, usage: UsageMeter, options: FramingOptions) {
    this.#identity = identity;
    this.#usage = usage;
    this.#options = options;
    const phase = options.phases ? '"phase": "answer", ' : '';
    this.#textTail = `, ${phase}"status": "typing"}}], "response_id": "${identity.responseId}", "usage": `;
    this.#frameTail = `, "timestamp": ${identity.timestamp}}\n\n`;
  }

  /** The bytes of a part; nothing for those that only steer. */
  render(part: AnswerPart): string {
    switch (part.type) {
      case 'text':
        return this.#text(part.text);
      case 'blank':
        return this.#answerFrame('""');
      case 'raw':
        return part.bytes;
      case 'created':
        return this.#created();
      case 'finish':
        return this.#finish();
      case 'new-round':
        this.#usage.restart(part.inputTokens);
        return '';
      case 'info':
        return this.#info(part.action);
      case 'cut':
      case 'end':
      case 'stall':
        return '';
      case 'other-response':
        return this.#otherResponse(part.text);
      default:
        // Without `output_schema` only answer text comes.
        return this.#options.phases ? this.#phaseFrame(part) : '';
    }
  }

  #text(text: string): string {
    this.#usage.addOutput(countTokens(text));
    if (this.#options.snapshots) {
      this.#snapshot += text;
      return this.#answerFrame(JSON.stringify(this.#snapshot));
    }
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastTextJson = JSON.stringify(text);
    }
    return this.#answerFrame(this.#lastTextJson);
  }

  #answerFrame(contentJson: string): string {
    return `data: {"choices": [{"delta": {"role": "assistant", "content": ${contentJson}${this.#textTail}${this.#usage.json()}${this.#frameTail}`;
  }

  #created(): string {
    const { chatId, messageId, responseId } = this.#identity;
    return `data: {"response.created":{"chat_id": "${chatId}", "parent_id": "${messageId}", "response_id":"${responseId}", "response_index": "0"}}\n\n`;
  }

  #finish(): string {
    const tail = `}}], "response_id": "${this.#identity.responseId}"}\n\n`;
    return this.#options.phases
      ? `data: {"choices": [{"delta": {"content": "", "role": "assistant", "status": "finished", "phase": "answer"${tail}`
      : `data: {"choices": [{"delta": {"role": "assistant", "content": "", "status": "finished"${tail}`;
  }

  #info(action: string): string {
    const { chatId, responseId, timestamp } = this.#identity;
    const info = { action, chat_id: chatId, response_id: responseId, timestamp };
    return `data: ${spacedJson({ 'response.info': info })}\n\n`;
  }

  #otherResponse(content: string): string {
    const delta = { role: 'assistant', content, phase: 'answer', status: 'typing' };
    const other = { choices: [{ delta }], response_id: `other-${this.#identity.responseId}`, response_index: '1' };
    return `data: ${spacedJson(other)}\n\n`;
  }

  #phaseFrame(part: Extract<AnswerPart, { type: PhasePart }>): string {
    switch (part.type) {
      case 'summary': {
        this.#usage.addReasoning(part.tokens);
        const extra = { summary_title: { content: part.titles }, summary_thought: { content: part.thoughts } };
        return this.#delta({ ...assistant('thinking_summary'), extra, status: 'typing' }, this.#usage.json());
      }
      case 'summary-end':
        return this.#delta({ ...assistant('thinking_summary'), status: 'finished' });
      case 'think':
        this.#usage.addReasoning(countTokens(part.text));
        return this.#delta({ ...assistant('think', part.text), status: 'typing' }, this.#usage.json());
      case 'think-end':
        return this.#delta({ ...assistant('think'), status: 'finished' });
      case 'video':
        return this.#video(part.url);
      default:
        return this.#tool(part);
    }
  }

  #tool(part: Extract<AnswerPart, { type: 'tool-call' | 'tool-result' }>): string {
    if (part.type === 'tool-result') {
      const head = { role: 'function', content: '', phase: part.phase, status: 'finished', name: part.name };
      return this.#delta(
        { ...head, extra: { function_id: part.callId, ...part.extra }, function_id: part.callId },
        '{}',
      );
    }
    const call = { name: part.name, arguments: part.arguments };
    return this.#delta(
      { ...assistant(part.phase), status: 'typing', function_call: call, function_id: part.callId, extra: part.extra },
      this.#usage.json(),
    );
  }

  #video(url: string): string {
    this.#usage.addOutput(1);
    const typing = this.#delta({ ...assistant('video_gen', url), status: 'typing', extra: {} }, this.#usage.json());
    return typing + this.#delta({ ...assistant('video_gen'), status: 'finished' });
  }

  #delta(delta: object, usageJson?: string): string {
    const usage = usageJson === undefined ? '' : `, "usage": ${usageJson}`;
    return `data: {"choices": [{"delta": ${spacedJson(delta)}}], "response_id": "${this.#identity.responseId}"${usage}${this.#frameTail}`;
  }
}

type PhasePart = 'summary' | 'summary-end' | 'think' | 'think-end' | 'tool-call' | 'tool-result' | 'video';

function assistant(phase: string, content = ''): { role: string; content: string; phase: string } {
  return { role: 'assistant', content, phase };
}
