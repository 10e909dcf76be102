import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { AnswerFormat, ChatMessage } from '../../chat/request.ts';
import { formatInstruction } from './format-instruction.ts';
import { type FileReference, imageFile } from './image-files.ts';
import { writeTranscript } from './transcript.ts';

/** A conversation as the one user message that the upstream takes. */
export interface FoldedMessages {
  readonly content: string;
  readonly files: readonly FileReference[];
}

/**
 * Folds a conversation into one message (qwen-web §9.1). A single user message stays as it is; anything else becomes a
 * transcript. Within an upstream chat that knows the conversation, only what came after its last answer is folded.
 *
 * @param isThread whether the upstream chat already holds the messages up to the last answer.
 * @throws UnsupportedParameterError for pictures that would have to be uploaded.
 * @throws InvalidRequestError when the chat holds all messages already.
 */
export function foldMessages(
  messages: readonly ChatMessage[],
  format: AnswerFormat,
  isThread: boolean,
): FoldedMessages {
  const news = isThread ? newMessages(messages) : messages;
  const files = news.flatMap(messageFiles);
  const [first] = news;
  const text = news.length === 1 && first?.role === 'user' ? plainText(first) : writeTranscript(news);
  const instruction = formatInstruction(format);
  return { content: instruction === '' ? text : `${text}\n\n${instruction}`, files };
}

/** The words of a message; pictures are not among them. Several texts become paragraphs. */
export function plainText(message: ChatMessage): string {
  if (message.role !== 'user') return message.content;
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

function newMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const news = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  if (news.length > 0) return news;
  throw new InvalidRequestError('The last message is an answer: add the message to be answered.', {
    param: 'messages',
  });
}

function messageFiles(message: ChatMessage): readonly FileReference[] {
  if (message.role !== 'user') return [];
  return message.content.flatMap((part) => (part.type === 'image' ? [imageFile(part.url)] : []));
}
