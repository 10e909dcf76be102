import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { FileAccountConflictError, FileGoneError } from '../stored-files/file-errors.ts';
import type { AttemptContext } from './attempts.ts';
import type { MediaOwner } from './open-media.ts';

/**
 * Leaves a request to the account that has one of its files.
 *
 * @throws FileAccountConflictError when it goes on with a chat of another account.
 */
export function ownedBy(context: AttemptContext, owner: MediaOwner | undefined): AttemptContext {
  if (owner === undefined) return context;
  if (context.accountId !== undefined && context.accountId !== owner.accountId) {
    throw new FileAccountConflictError(owner.field);
  }
  return { ...context, accountId: owner.accountId };
}

/** What a failure means for a request that only a file has bound to an account: no chat is gone with the account. */
export function inTermsOfFile(error: unknown, { accountId }: AttemptContext, owner: MediaOwner | undefined): unknown {
  const isOfChat = owner === undefined || accountId !== undefined || !(error instanceof ChatGoneError);
  return isOfChat ? error : new FileGoneError(owner.field, error);
}
