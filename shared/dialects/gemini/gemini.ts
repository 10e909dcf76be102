import type { ChatDialect } from '../../chat/dialect.ts';
import type { OpenAiChatSettings } from '../openai-chat/options.ts';
import { type GeminiMethod, readGemini } from './read-request.ts';

/**
 * Makes the dialect of Google's Gemini (client-apis C.3). The path names the model; `?alt=sse` asks for server-sent
 * events, without it a stream is one JSON array.
 *
 * @param method what the path ends with: it decides whether the answer is streamed.
 */
export function createGemini(settings: OpenAiChatSettings, method: GeminiMethod = 'generateContent'): ChatDialect {
  return { name: 'gemini', read: (body, context) => readGemini(body, context, method, settings) };
}
