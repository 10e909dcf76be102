import type { AssistantMessage, ChatMessage, ToolMessage } from '../chat/request.ts';
import type { ToolCall } from '../chat/tool.ts';
import { type CallFormat, markCall } from './call-format.ts';

/**
 * Writes the calls of a conversation into its words. Ids of clients are long and mean nothing, so calls are counted
 * instead: the results name the number and the tool of their call. The same beginning always gives the same text.
 */
export function foldToolHistory(messages: readonly ChatMessage[], format: CallFormat): readonly ChatMessage[] {
  const calls = new CountedCalls();
  return messages.map((message) => {
    if (message.role === 'assistant') return foldCalls(message, calls, format);
    return message.role === 'tool' ? nameResult(message, calls) : message;
  });
}

/** The calls so far: an id that comes again means its last call. */
class CountedCalls {
  readonly #byId = new Map<string, { readonly number: number; readonly name: string }>();
  #count = 0;

  add({ id, name }: ToolCall): number {
    this.#count += 1;
    this.#byId.set(id, { number: this.#count, name });
    return this.#count;
  }

  find(id: string): { readonly number: number; readonly name: string } | undefined {
    return this.#byId.get(id);
  }
}

function foldCalls(message: AssistantMessage, calls: CountedCalls, format: CallFormat): ChatMessage {
  if (message.toolCalls.length === 0) return message;
  const blocks = message.toolCalls.map((call) => markCall(format, callJson(call, calls.add(call))));
  const content = [message.content, ...blocks].filter((part) => part !== '').join('\n\n');
  return { ...message, content, toolCalls: [] };
}

function callJson({ name, arguments: text }: ToolCall, number: number): string {
  const head = `{"id": ${number}, "name": ${JSON.stringify(name)}, `;
  return isJsonObject(text) ? `${head}"arguments": ${text}}` : `${head}"input": ${JSON.stringify(text)}}`;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A result without its call keeps the id that it has: it may still tell the model something. */
function nameResult(message: ToolMessage, calls: CountedCalls): ChatMessage {
  const call = calls.find(message.toolCallId);
  const content = message.content.length === 0 ? emptyResult : message.content;
  return call === undefined
    ? { ...message, content }
    : { ...message, toolCallId: String(call.number), name: call.name, content };
}

const emptyResult = [{ type: 'text', text: '(no output)' }] as const;
