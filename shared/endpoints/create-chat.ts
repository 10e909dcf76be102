import * as z from 'zod/mini';
import type { AccountPool } from '../accounts/account-pool.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import { readBody } from '../dialects/read-body.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { findModel } from '../relay/resolve-request.ts';

const upstreamLimit = 30_000;

const chatBody = z.object({
  name: z.nullish(z.string()),
  model: z.nullish(z.string()),
});

export interface CreateChatOptions {
  readonly upstream: ChatUpstream;
  readonly pool: AccountPool;
  readonly catalogue: ModelCatalogue;
  readonly chats: ChatIndex;
  readonly defaultModel: string;
  readonly defaultTitle: string;
}

/** `POST /api/chats`: a chat to go on with by `chatId`. Takes `name` and `model`, both optional. */
export function createCreateChat(options: CreateChatOptions): RouteHandler {
  const { upstream, pool, catalogue, chats } = options;
  return async ({ body, caller }) => {
    const { name, model: asked } = readBody(chatBody, body ?? {});
    const { model } = findModel(asked ?? options.defaultModel, await catalogue.models());
    const lease = await pool.lease('chat');
    const title = name ?? options.defaultTitle;
    const chatId = await upstream.createChat(model.id, title, lease.credentials, AbortSignal.timeout(upstreamLimit));
    await chats.remember({ chatId, accountId: lease.accountId, responseId: '', model: model.id, keyId: caller.id });
    return jsonResponse({ chatId, name: title, model: model.id }, 201);
  };
}
