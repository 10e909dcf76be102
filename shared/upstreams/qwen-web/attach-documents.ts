import { ConversationUnreadableError, DocumentUnreadableError } from '../../chat/errors/answer-faults.ts';
import type { UploadedFile, WholeFile } from '../../chat/upload.ts';
import type { HoldFile } from '../../chat/upstream.ts';
import type { FileReference } from './image-files.ts';

/**
 * Gives the account the older part of a conversation.
 *
 * @param hold gives the account one file.
 * @throws ConversationUnreadableError when the upstream can't read it; UpstreamError when it does not take it.
 */
export function attachDocuments(documents: readonly WholeFile[], hold: HoldFile): Promise<readonly FileReference[]> {
  return Promise.all(documents.map(async (document) => (await heldBy(hold, document)).reference));
}

/** The caller has sent no document, and can do nothing about this one. */
async function heldBy(hold: HoldFile, document: WholeFile): Promise<UploadedFile> {
  try {
    return await hold(document);
  } catch (error) {
    if (!(error instanceof DocumentUnreadableError)) throw error;
    const { upstreamCode } = error;
    throw new ConversationUnreadableError(
      `The conversation is too long for one message, and the upstream could not read the file '${document.name}' with its older part.`,
      { cause: error, ...(upstreamCode !== undefined && { upstreamCode }) },
    );
  }
}
