import type { ChatRequest } from '../chat/request.ts';
import { readResponses, readSentRequest } from '../dialects/openai-responses/read-request.ts';
import type { Call } from '../http/invocation.ts';
import { openConversation } from '../responses/conversation.ts';
import { ResponseStore } from '../responses/response-store.ts';
import { openTokenCounter } from '../tokens/open-token-counter.ts';
import type { Access } from './open-access.ts';
import { callFormatOf, dialectSettings } from './open-chat-service.ts';
import { sentWords } from './sent-words.ts';

/** What counting needs beside the dialects. Nothing of it asks the upstream. */
export interface TokenCounting {
  /** The tokens of what would be sent. */
  count(request: ChatRequest): Promise<number>;
  /** Reads a body of `POST /v1/responses` together with what its `previous_response_id` stands for. */
  readResponse(body: unknown, call: Call): Promise<ChatRequest>;
}

/** What a picture, a video or a file counts for: about what Qwen takes for a picture of a megapixel. Nobody tells more. */
const tokensPerAttachment = 1000;

export function openTokenCounting({ settings, table }: Access): TokenCounting {
  const format = callFormatOf(settings);
  const forDialects = dialectSettings(settings);
  const store = new ResponseStore(table, settings.integer('RESPONSE_KEEP_DAYS'));
  return {
    count: async (request) => {
      const { text, attachments } = sentWords(request, format);
      return (await openTokenCounter().count(text)) + attachments * tokensPerAttachment;
    },
    readResponse: async (body, { caller }) => {
      const sent = readSentRequest(body);
      return readResponses(sent, forDialects, await openConversation(sent, caller.id, store)).request;
    },
  };
}
