import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { ChatLists } from '../chats/chat-lists.ts';
import { isPlace, type KeptChat } from '../chats/chat-row.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';

const usualLimit = 20;
const mostChats = 100;

/**
 * `GET /api/chats`: the caller's kept chats, newest use first; those of all keys for an admin. `limit` 1 to 100 (20),
 * `cursor` from the page before.
 *
 * @param defaultTitle of chats that were made without a name.
 */
export function createListChats(lists: ChatLists, defaultTitle: string): RouteHandler {
  return async ({ caller, query }) => {
    const limit = readLimit(query.limit);
    const before = readCursor(query.cursor);
    const page = await lists.page(await lists.ownersFor(caller), { limit: limit + 1, before });
    const chats = page.slice(0, limit);
    const last = chats.at(-1);
    const nextCursor = page.length > limit && last !== undefined ? writeCursor(last) : null;
    return jsonResponse({ chats: chats.map((chat) => describeChat(chat, defaultTitle)), nextCursor });
  };
}

/** A chat as the list has it. */
function describeChat(chat: KeptChat, defaultTitle: string): object {
  return {
    chatId: chat.chatId,
    title: chat.title ?? defaultTitle,
    model: chat.model,
    createdAt: new Date(chat.createdAt).toISOString(),
    usedAt: new Date(chat.usedAt).toISOString(),
    userMessageCount: chat.userMessages,
    messageCount: chat.messages,
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostChats) return limit;
  throw new InvalidRequestError(`'limit' must be a whole number from 1 to ${mostChats}.`, { param: 'limit' });
}

function writeCursor({ place }: KeptChat): string {
  return Buffer.from(place).toString('base64url');
}

function readCursor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const place = Buffer.from(text, 'base64url').toString();
  if (isPlace(place)) return place;
  throw new InvalidRequestError("'cursor' must be the nextCursor of a page before.", { param: 'cursor' });
}
