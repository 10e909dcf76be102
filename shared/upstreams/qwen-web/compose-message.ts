import type { HoldFile, ResolvedChatRequest } from '../../chat/upstream.ts';
import { attachDocuments } from './attach-documents.ts';
import { checkMessageSize } from './body-limit.ts';
import { checkContextSize } from './context-size.ts';
import { type FoldedMessages, foldMessages } from './fold-messages.ts';

export interface ComposeOptions {
  /** Of the body, above which the older part of a conversation goes into files. Pictures are made of the message alone. */
  readonly messageBytes: number;
  /** Of the upstream. */
  readonly origin: string;
  /** Gives the account a file where the request has no better way. */
  readonly upload: HoldFile;
}

/**
 * Makes the one message of a request, and gives the account what goes beside it.
 *
 * @throws ContextTooLongError when the model can't take the conversation in, or the site the message.
 * @throws UpstreamError when the account does not get its files.
 */
export async function composeMessage(
  request: ResolvedChatRequest,
  { messageBytes, origin, upload }: ComposeOptions,
): Promise<Omit<FoldedMessages, 'documents'>> {
  checkContextSize(request);
  const { output = 'text', hold = upload } = request;
  const { content, files, documents } = foldMessages(request, {
    messageBytes: output === 'text' ? messageBytes : undefined,
    origin,
  });
  checkMessageSize({ content, files, documents });
  if (documents.length === 0) return { content, files };
  const all = [...files, ...(await attachDocuments(documents, hold))];
  // Only now it is known how long the addresses of the files are.
  checkMessageSize({ content, files: all, documents: [] });
  return { content, files: all };
}
