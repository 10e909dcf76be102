import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { mediaOf } from '../../chat/media-of.ts';
import { newMessages } from '../../chat/new-messages.ts';
import type { AnswerFormat, ChatMessage, UserMessage } from '../../chat/request.ts';
import type { Uploads } from '../../chat/upload.ts';
import { formatInstruction } from './format-instruction.ts';
import { type FileReference, mediaFile, mediaName } from './image-files.ts';
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
 * @param reminder words for the end, where the model heeds them most.
 * @param uploads what the account holds of the messages' media.
 * @throws UnsupportedParameterError for media that the account does not hold.
 * @throws InvalidRequestError when the chat holds all messages already.
 */
export function foldMessages(
  messages: readonly ChatMessage[],
  format: AnswerFormat,
  isThread: boolean,
  reminder = '',
  uploads: Uploads = noUploads,
): FoldedMessages {
  const news = isThread ? someNew(messages) : messages;
  const media = news.flatMap(mediaOf);
  const [first] = news;
  const text =
    news.length === 1 && first?.role === 'user'
      ? plainText(first)
      : writeTranscript(news, (part) => mediaName(part, uploads));
  const ending = [formatInstruction(format), reminder].filter((words) => words !== '');
  return { content: [text, ...ending].join('\n\n'), files: media.map((part) => mediaFile(part, uploads)) };
}

const noUploads: Uploads = new Map();

/** The words of a message; pictures are not among them. Several texts become paragraphs. */
function plainText(message: UserMessage): string {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

function someNew(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const news = newMessages(messages);
  if (news.length > 0) return news;
  throw new InvalidRequestError('The last message is an answer: add the message to be answered.', {
    param: 'messages',
  });
}
