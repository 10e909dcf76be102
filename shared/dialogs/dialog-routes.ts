import * as z from 'zod/mini';
import type { ChatLists } from '../chats/chat-lists.ts';
import { readBody } from '../dialects/read-body.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { ChatDesk } from './chat-desk.ts';
import { createListChats } from './list-chats.ts';

/** Letters; what a list can show. */
const longestName = 200;
/** `PUT /api/chats/{id}/rename`. */
export const nameBody = z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(longestName)) });

export interface DialogRoutesOptions {
  readonly desk: ChatDesk;
  readonly lists: ChatLists;
  /** Of chats that were made without a name. */
  readonly defaultTitle: string;
}

/** The handlers of everything that callers do with their kept chats. */
export function createDialogRoutes(options: DialogRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const { desk, lists, defaultTitle } = options;
  return {
    'GET /api/chats': createListChats(lists, defaultTitle),
    'GET /api/chats/{id}': async (call) => {
      const { chat, archived } = await desk.read(idOf(call), call);
      const messages = archived.messages.map(({ id, role, content, parentId, createdAt }) => ({
        id,
        role,
        content,
        parentId,
        createdAt: createdAt === undefined ? null : new Date(createdAt).toISOString(),
      }));
      return jsonResponse({ chatId: chat.chatId, title: chat.title ?? defaultTitle, model: chat.model, messages });
    },
    'PUT /api/chats/{id}/rename': async (call) => {
      const { name } = readBody(nameBody, call.body ?? {});
      const { chatId, model } = await desk.rename(idOf(call), name, call);
      return jsonResponse({ chatId, name, model });
    },
    'DELETE /api/chats/{id}': async (call) => {
      const chatId = idOf(call);
      await desk.delete(chatId, call);
      return jsonResponse({ chatId, deleted: true });
    },
  };
}

function idOf({ parameters: { id = '' } }: { readonly parameters: Readonly<Record<string, string>> }): string {
  return id;
}
