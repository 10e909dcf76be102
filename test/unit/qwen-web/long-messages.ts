import type { AnswerFormat, ChatMessage } from '../../../shared/chat/request.ts';
import { type FoldedRequest, foldMessages } from '../../../shared/upstreams/qwen-web/fold-messages.ts';
import { type Unfolded, unfold } from './unfold.ts';

export const plainText: AnswerFormat = { type: 'text' };

/** A folded conversation, its files as texts by their names. */
export interface Folded {
  readonly content: string;
  readonly files: ReadonlyMap<string, string>;
  /** Bytes of the message in a JSON body. */
  readonly bytes: number;
}

export function foldLong(
  messages: readonly ChatMessage[],
  messageBytes: number,
  more: Partial<FoldedRequest> = {},
): Folded {
  const { content, documents } = foldMessages({ messages, format: plainText, ...more }, { messageBytes });
  const files = new Map(documents.map(({ name, bytes }) => [name, bytes.toString('utf8')]));
  if (files.size !== documents.length) throw new Error('two files have one name');
  return { content, files, bytes: Buffer.byteLength(JSON.stringify(content)) };
}

/** What a reader of the form must find: labels, and words as UTF-8 can hold them. */
export function expectedOf(messages: readonly ChatMessage[]): readonly Unfolded[] {
  return messages.map((message) => [labelOf(message), wordsOf(message).toWellFormed()]);
}

export const unfoldAll = ({ content, files }: Folded): readonly Unfolded[] => unfold(content, files);

function labelOf(message: ChatMessage): string {
  const labels = { system: 'instructions', assistant: 'assistant', user: 'user' };
  if (message.role !== 'tool') return labels[message.role];
  const name = message.name === undefined ? '' : ` of ${JSON.stringify(message.name)}`;
  return `tool ${message.isError ? 'error' : 'result'} ${JSON.stringify(message.toolCallId)}${name}`;
}

function wordsOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n');
}
