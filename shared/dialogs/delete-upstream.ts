import type { ChatUpstream } from '../chat/upstream.ts';
import type { Attempts } from '../relay/attempts.ts';
import { runOwnerErrand } from '../relay/owner-errand.ts';

/** A chat, and whose it is. */
export interface OwnedChat {
  readonly chatId: string;
  readonly accountId: string;
}

/**
 * Deletes a chat upstream by the account that owns it.
 *
 * @throws ChatGoneError when it is gone already, or its account is; other GatewayErrors when it is still there.
 */
export type DeleteUpstream = (chat: OwnedChat) => Promise<void>;

/** Milliseconds for all attempts together. */
const deletionLimit = 20_000;

/** @param worker names whoever deletes, for the log. */
export function createDeleteUpstream(
  attempts: Attempts,
  upstream: Pick<ChatUpstream, 'deleteChat'>,
  worker: string,
): DeleteUpstream {
  return async ({ chatId, accountId }) => {
    const signal = AbortSignal.timeout(deletionLimit);
    const errand = { accountId, requestId: worker, signal };
    await runOwnerErrand(attempts, errand, ({ credentials }) => upstream.deleteChat(chatId, credentials, signal));
  };
}
