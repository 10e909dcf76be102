import { ContextTooLongError } from '../../chat/errors/request-errors.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import type { FoldedMessages } from './fold-messages.ts';

/**
 * Bytes of a completion's body. Between 117,000 and 129,000 the site begins to answer with a verification, always
 * (qwen-web §4.5): sending more would put healthy accounts out of use.
 */
const bodyLimit = 117_000;
/** Bytes of a body beside what is folded; about 1,000 are needed. */
const restOfBody = 2000;

/**
 * The site counts bytes and callers count tokens: the limit that they are told is how many tokens of this conversation's
 * own kind of text would fit.
 *
 * @throws ContextTooLongError when the upstream would not take the message.
 */
export function checkMessageSize({ content, files }: FoldedMessages): void {
  const bytes = Buffer.byteLength(JSON.stringify(content)) + Buffer.byteLength(JSON.stringify(files)) + restOfBody;
  if (bytes <= bodyLimit) return;
  const tokens = Math.ceil(estimateTokens(content, 0).tokens);
  throw new ContextTooLongError({ tokens, limit: Math.min(Math.floor((tokens * bodyLimit) / bytes), tokens - 1) });
}
