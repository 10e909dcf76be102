import { ToolCallInvalidError, ToolCallMissingError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import type { FinishReason } from '../../../../shared/chat/finish-reason.ts';
import type { ToolChoice, ToolDefinition } from '../../../../shared/chat/tool.ts';
import { ToolCallReader } from '../../../../shared/tools/reader/tool-call-reader.ts';

export interface ReadCall {
  readonly name: string;
  readonly input: 'json' | 'text';
  /** The joined deltas. */
  text: string;
  ended: boolean;
}

/** What a client would have seen of an answer. */
export interface Outcome {
  text: string;
  readonly calls: ReadCall[];
  finish?: FinishReason;
  error?: 'missing' | 'invalid';
}

export interface AnswerOptions {
  readonly definitions: readonly ToolDefinition[];
  readonly choice?: ToolChoice;
  readonly parallel?: boolean;
  readonly reason?: FinishReason;
}

export function newReader({ definitions, choice = { type: 'auto' }, parallel = true }: AnswerOptions): ToolCallReader {
  return new ToolCallReader({ definitions, choice, parallel });
}

/** Reads an answer that comes in the given pieces. What an error leaves behind is not compared: `text` is empty then. */
export function readAnswer(pieces: readonly string[], options: AnswerOptions): Outcome {
  const reader = newReader(options);
  const outcome: Outcome = { text: '', calls: [] };
  try {
    for (const text of pieces) addEvents(outcome, reader.push([{ type: 'text-delta', text }]));
    addEvents(outcome, reader.push([{ type: 'finish', reason: options.reason ?? 'stop' }]));
    return outcome;
  } catch (error) {
    if (error instanceof ToolCallInvalidError) return { text: '', calls: [], error: 'invalid' };
    if (error instanceof ToolCallMissingError) return { text: '', calls: [], error: 'missing' };
    throw error;
  }
}

function addEvents(outcome: Outcome, events: readonly ChatEvent[]): void {
  for (const event of events) addEvent(outcome, event);
}

function addEvent(outcome: Outcome, event: ChatEvent): void {
  const open = outcome.calls.at(-1);
  switch (event.type) {
    case 'text-delta':
      if (event.text === '') throw new Error('an empty delta');
      if (open !== undefined) throw new Error('text behind a call');
      outcome.text += event.text;
      break;
    case 'tool-call-start':
      if (open?.ended === false) throw new Error('a call within a call');
      outcome.calls.push({ name: event.name, input: event.input, text: '', ended: false });
      break;
    case 'tool-call-delta':
      if (open === undefined || open.ended || event.text === '') throw new Error('a stray delta');
      open.text += event.text;
      break;
    case 'tool-call-end':
      if (open === undefined || open.ended) throw new Error('a stray end');
      open.ended = true;
      break;
    case 'finish':
      outcome.finish = event.reason;
      break;
    default:
      throw new Error(`unexpected ${event.type}`);
  }
}
