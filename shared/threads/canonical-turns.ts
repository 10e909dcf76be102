import { createHash } from 'node:crypto';
import type { AssistantMessage, ChatMessage, ContentPart, MediaPart, ToolMessage } from '../chat/request.ts';
import type { ToolDefinition } from '../chat/tool.ts';
import { canonicalCall } from './canonical-call.ts';

/**
 * Writes the messages of a conversation one by one, each as a text that says all that the model learns from it and
 * nothing else: the same words give the same text through every dialect.
 *
 * - Words of users, tools and instructions count exactly. Texts that follow one another are joined, as folding joins them.
 * - An answer's words count without the white space around them, and answers that follow one another are one: some
 *   dialects split them.
 * - Calls are counted, and a result names its call by that number, as the model is told.
 * - Pictures and files count by their bytes, or by their address.
 */
export class CanonicalTurns {
  readonly #definitions: ReadonlyMap<string, ToolDefinition>;
  readonly #callNumbers = new Map<string, number>();
  #calls = 0;

  constructor(definitions: readonly ToolDefinition[]) {
    this.#definitions = new Map(definitions.map((definition) => [definition.name, definition]));
  }

  /** @param messages the next ones; an answer that may go on behind them must be among them. */
  write(messages: readonly ChatMessage[]): readonly string[] {
    return mergeAnswers(messages).map((message) => JSON.stringify(this.#turn(message)));
  }

  #turn(message: ChatMessage): object {
    switch (message.role) {
      case 'system':
        return { role: message.role, content: message.content };
      case 'user':
        return { role: message.role, content: canonicalContent(message.content) };
      case 'assistant':
        return this.#answer(message);
      case 'tool':
        return this.#result(message);
    }
  }

  #answer({ role, content, toolCalls }: AssistantMessage): object {
    const calls = toolCalls.map((call) => {
      this.#calls += 1;
      this.#callNumbers.set(call.id, this.#calls);
      return canonicalCall(call, this.#definitions.get(call.name));
    });
    return { role, content: content.trim(), calls };
  }

  #result({ role, toolCallId, name, content, isError }: ToolMessage): object {
    const number = this.#callNumbers.get(toolCallId);
    const call = number === undefined ? { id: toolCallId, name } : { number };
    return { role, call, isError, content: canonicalContent(content) };
  }
}

function mergeAnswers(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (message.role !== 'assistant' || last?.role !== 'assistant') {
      merged.push(message);
      continue;
    }
    const content = [last.content.trim(), message.content.trim()].filter((words) => words !== '').join('\n\n');
    merged[merged.length - 1] = { ...last, content, toolCalls: [...last.toolCalls, ...message.toolCalls] };
  }
  return merged;
}

/** A list of texts and files in their order; no two texts follow one another. */
function canonicalContent(content: readonly ContentPart[]): readonly (string | object)[] {
  const written: (string | object)[] = [];
  for (const part of content) {
    const last = written.at(-1);
    if (part.type !== 'text') written.push(canonicalFile(part));
    else if (typeof last === 'string') written[written.length - 1] = `${last}\n\n${part.text}`;
    else written.push(part.text);
  }
  return written;
}

function canonicalFile(part: MediaPart): object {
  const { type, url, bytes } = part;
  const name = part.type === 'file' ? part.name : undefined;
  const hash = createHash('sha256');
  return { type, name, hash: hash.update(bytes ?? url).digest('hex'), by: bytes === undefined ? 'address' : 'bytes' };
}
