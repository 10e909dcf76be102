import type { ChatDialect } from '../../chat/dialect.ts';
import type { OpenAiChatSettings } from './options.ts';
import { readOpenAiChat } from './read-request.ts';

/** Makes the dialect of OpenAI's chat completions (client-apis C.1). */
export function createOpenAiChat(settings: OpenAiChatSettings): ChatDialect {
  return { name: 'openai-chat', read: (body) => readOpenAiChat(body, settings) };
}
