import { ContextTooLongError } from '../../chat/errors/request-errors.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import { escapedBytes } from './escaped-bytes.ts';
import type { FoldedMessages } from './fold-messages.ts';
import type { FileReference } from './image-files.ts';
import { referenceBytes } from './long-transcript.ts';

/**
 * Bytes of a completion's body. Between 117,000 and 129,000 the site begins to answer with a verification, always
 * (qwen-web §4.5): sending more would put healthy accounts out of use.
 */
const bodyLimit = 117_000;
/** Bytes of a body beside what is folded; about 1,000 are needed. */
const restOfBody = 2000;

/** Bytes that a message's text may have in a body of so many, beside its files. */
export function textRoom(bodyBytes: number, files: readonly FileReference[]): number {
  return bodyBytes - restOfBody - Buffer.byteLength(JSON.stringify(files));
}

/**
 * Looks whether a message would be taken: what can't go into files, as the answer's form or very many pictures, may be too
 * much by itself. The site counts bytes and callers count tokens: the limit that they are told is how many tokens of this
 * conversation's own kind of text would fit.
 *
 * @throws ContextTooLongError
 */
export function checkMessageSize({ content, files, documents }: FoldedMessages): void {
  const text = escapedBytes(content);
  const room = textRoom(bodyLimit, files) - documents.length * referenceBytes;
  if (text <= room) return;
  const tokens = Math.ceil(estimateTokens(content, 0).tokens);
  throw new ContextTooLongError({
    tokens,
    limit: Math.min(Math.floor((tokens * Math.max(room, 0)) / text), tokens - 1),
  });
}
