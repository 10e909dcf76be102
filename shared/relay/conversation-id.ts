import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { ChatEvents, StartEvent } from '../chat/event.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { Caller } from '../http/invocation.ts';
import { type ConversationHandles, readHandle } from '../threads/conversation-handles.ts';
import { findThread, type OwnedThread, ownerOf } from './owned-thread.ts';

const param = 'conversation_id';

/** Gives the handle of an answer as its caller will send it back; `undefined` when it can't be had. */
export type NameAnswer = (start: StartEvent, accountId: string) => Promise<string | undefined>;

/**
 * Finds whose chat a request goes on with, by the handle of an answer or by ids.
 *
 * @throws ChatGoneError when the gateway doesn't know the chat, or knows it as another caller's, and for handles that it has
 *   not given to this caller.
 * @throws InvalidRequestError when the handle and the ids name different places.
 * @throws SecretKeyUnavailableError, StoreUnavailableError
 */
export async function findPlace(
  { thread, conversationId }: Pick<ChatRequest, 'thread' | 'conversationId'>,
  caller: Caller,
  chats: ChatIndex,
  handles: ConversationHandles,
): Promise<OwnedThread | undefined> {
  if (conversationId === undefined) return findThread(thread, caller, chats);
  const claimed = readHandle(conversationId);
  if (claimed === undefined) throw unknownHandle();
  const { chatId, responseId } = claimed;
  if (thread !== undefined && (thread.chatId !== chatId || (thread.parentId ?? responseId) !== responseId)) {
    throw new InvalidRequestError(
      "'conversation_id' names another place than 'chatId' and 'parentId': send one of them.",
      {
        param,
      },
    );
  }
  const entry = await chats.find(chatId, caller);
  if (entry === undefined) throw unknownHandle();
  const { accountId } = entry;
  const isGenuine = await handles.isOf(conversationId, { ...claimed, accountId, ownerId: ownerOf(caller, accountId) });
  if (!isGenuine) throw unknownHandle();
  return { accountId, place: { chatId, parentId: responseId } };
}

function unknownHandle(): ChatGoneError {
  return new ChatGoneError(
    'There is no conversation of this id here. Start a new one by leaving conversation_id out.',
    {
      param,
    },
  );
}

/** Adds the answer's handle to the event that its chat is named by. */
export async function* named(
  events: ChatEvents,
  nameAnswer: (start: StartEvent) => Promise<string | undefined>,
): ChatEvents {
  for await (const batch of events) {
    const start = batch.find((event) => event.type === 'start');
    const conversationId = start && (await nameAnswer(start));
    if (conversationId === undefined) yield batch;
    else yield batch.map((event) => (event === start ? { ...start, conversationId } : event));
  }
}
