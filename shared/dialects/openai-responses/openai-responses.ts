import type { ChatDialect } from '../../chat/dialect.ts';
import type { OpenAiChatSettings } from '../openai-chat/options.ts';
import { readResponses, readSentRequest } from './read-request.ts';

/**
 * Makes the dialect of OpenAI's responses (client-apis C.1). What a request says of earlier responses is for whoever has
 * the store: see shared/responses.
 */
export function createOpenAiResponses(settings: OpenAiChatSettings): ChatDialect {
  return { name: 'openai-responses', read: (body) => readResponses(readSentRequest(body), settings, undefined) };
}
