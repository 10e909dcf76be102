import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { ChatIndex } from '../chats/chat-index.ts';
import { readBody } from '../dialects/read-body.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { ModelNames } from '../models/model-names.ts';
import type { CallerMeans } from '../relay/caller-means.ts';
import { ownerOf } from '../relay/owned-thread.ts';

/** Milliseconds for all attempts together. */
const creationLimit = 30_000;

/** `POST /api/chats`. */
export const chatBody = z.object({
  name: z.nullish(z.string()),
  model: z.nullish(z.string()),
});

export interface CreateChatOptions {
  readonly means: CallerMeans;
  readonly modelNames: ModelNames;
  readonly chats: ChatIndex;
  readonly defaultModel: string;
  readonly defaultTitle: string;
}

/** `POST /api/chats`: a chat to go on with by `chatId`. Takes `name` and `model`, both optional. */
export function createCreateChat(options: CreateChatOptions): RouteHandler {
  const { means, modelNames, chats, defaultModel, defaultTitle } = options;
  return async ({ body, caller, requestId }) => {
    const { name, model: asked } = readBody(chatBody, body ?? {});
    const { model } = await modelNames.find(asked ?? defaultModel, caller);
    const title = name ?? defaultTitle;
    const signal = AbortSignal.timeout(creationLimit);
    const { attempts, upstream } = means.of(caller, randomUUID);
    const made = await attempts.run({ requestId, signal, errand: true }, async ({ accountId, credentials }) => ({
      accountId,
      chatId: await upstream.createChat(model.id, title, credentials, signal),
    }));
    const owned = { ...made, responseId: '', model: model.id, keyId: ownerOf(caller, made.accountId) };
    await chats.begin(owned, title);
    return jsonResponse({ chatId: made.chatId, name: title, model: model.id }, 201);
  };
}
