import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import type { Thread } from '../chat/request.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { Caller } from '../http/invocation.ts';
import type { ServedAnswer } from './served-answer.ts';

/** A place in an upstream chat, and the account that the chat belongs to. */
export interface OwnedThread {
  readonly accountId: string;
  readonly place: Thread;
}

/**
 * Finds whose chat a request goes on with. Without a `parentId` it goes on from the chat's last answer.
 *
 * @throws ChatGoneError when the gateway doesn't know the chat, or knows it as another caller's.
 */
export async function findThread(
  thread: Thread | undefined,
  caller: Caller,
  chats: ChatIndex,
): Promise<OwnedThread | undefined> {
  if (thread === undefined) return undefined;
  const entry = await chats.find(thread.chatId, caller);
  if (entry === undefined) {
    throw new ChatGoneError(`There is no chat ${thread.chatId} here. Start a new one by leaving chatId out.`, {
      param: 'chatId',
    });
  }
  const parentId = thread.parentId ?? entry.responseId;
  return { accountId: entry.accountId, place: { chatId: thread.chatId, ...(parentId === '' ? {} : { parentId }) } };
}

/** Makes what remembers the chat of an answer, so that its caller can go on with it. */
export function rememberChat(
  model: string,
  caller: Caller,
  chats: ChatIndex,
): (served: ServedAnswer) => Promise<boolean> {
  return async ({ answer, lease, record }) => {
    await chats.remember({
      chatId: answer.chatId,
      accountId: lease.accountId,
      model,
      keyId: ownerOf(caller, lease.accountId),
      responseId: record.responseId ?? '',
    });
    return true;
  };
}

/** Whose chat it is: the key's that began it, or, without a key, that of the very token that the site knows it by. */
export function ownerOf(caller: Caller, accountId: string): string {
  return caller.tokens === undefined ? caller.id : accountId;
}
