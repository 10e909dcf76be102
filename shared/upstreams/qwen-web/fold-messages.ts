import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { mediaOf } from '../../chat/media-of.ts';
import { newMessages } from '../../chat/new-messages.ts';
import type { ChatMessage, UserMessage } from '../../chat/request.ts';
import type { Uploads, WholeFile } from '../../chat/upload.ts';
import type { ResolvedChatRequest } from '../../chat/upstream.ts';
import { textRoom } from './body-limit.ts';
import { escapedBytes } from './escaped-bytes.ts';
import { formatHint, formatInstruction } from './format-instruction.ts';
import { type FileReference, mediaFile, mediaName } from './image-files.ts';
import { writeLongTranscript } from './long-transcript.ts';
import { writeTranscript } from './transcript.ts';
import { type Entry, transcriptEntries } from './transcript-entries.ts';

/** A conversation as the one user message that the upstream takes. */
export interface FoldedMessages {
  readonly content: string;
  /** What the account holds already. */
  readonly files: readonly FileReference[];
  /** The conversation's older part, when it is too long for one message: to be uploaded, and to follow the other files. */
  readonly documents: readonly WholeFile[];
}

/** What is folded. A `thread` is an upstream chat that holds the messages up to the last answer. */
export type FoldedRequest = Pick<ResolvedChatRequest, 'messages' | 'format' | 'thread' | 'reminder' | 'uploads'>;

export interface FoldOptions {
  /** Of a body, above which the older part of the conversation goes into documents; without it, all of it is in the message. */
  readonly messageBytes?: number | undefined;
  /** Of the upstream; that of a stand-in holds pictures of its own. */
  readonly origin?: string;
}

const noUploads: Uploads = new Map();

/**
 * Folds a conversation into one message (qwen-web §9.1). A single user message stays as it is; anything else becomes a
 * transcript. Within an upstream chat that knows the conversation, only what came after its last answer is folded.
 *
 * @throws UnsupportedParameterError for media that the account does not hold.
 * @throws InvalidRequestError when the chat holds all messages already.
 */
export function foldMessages(
  { messages, format, thread, reminder = '', uploads = noUploads }: FoldedRequest,
  { messageBytes, origin = '' }: FoldOptions = {},
): FoldedMessages {
  const news = thread === undefined ? messages : someNew(messages);
  const files = news.flatMap(mediaOf).map((part) => mediaFile(part, uploads, origin));
  const entries = transcriptEntries(news, (part) => mediaName(part, uploads, origin));
  const [first] = news;
  const text = news.length === 1 && first?.role === 'user' ? plainText(first) : writeTranscript(entries);
  const content = joined([text, formatInstruction(format), reminder]);
  const whole = { content, files, documents: [] };
  if (messageBytes === undefined) return whole;
  const room = textRoom(messageBytes, files);
  if (escapedBytes(content) <= room) return whole;
  return { ...foldLong(entries, format, reminder, { room, messageBytes }), files };
}

/** The form of the answer is an instruction like others when it takes much room itself. */
function foldLong(
  entries: readonly Entry[],
  format: FoldedRequest['format'],
  reminder: string,
  { room, messageBytes }: { readonly room: number; readonly messageBytes: number },
): Pick<FoldedMessages, 'content' | 'documents'> {
  const instruction = formatInstruction(format);
  const isLong = escapedBytes(instruction) > messageBytes / 8;
  const ending = [isLong ? formatHint : instruction, reminder];
  const all = isLong ? [...entries, { role: 'system', label: 'instructions', text: instruction } as const] : entries;
  const { text, documents } = writeLongTranscript(all, room - escapedBytes(joined(['', ...ending])) - 4, messageBytes);
  return { content: joined([text, ...ending]), documents };
}

/** Parts of a text as its paragraphs. */
function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The words of a message; pictures are not among them. Several texts become paragraphs. */
function plainText(message: UserMessage): string {
  const texts = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.join('\n\n').toWellFormed();
}

function someNew(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const news = newMessages(messages);
  if (news.length > 0) return news;
  throw new InvalidRequestError('The last message is an answer: add the message to be answered.', {
    param: 'messages',
  });
}
