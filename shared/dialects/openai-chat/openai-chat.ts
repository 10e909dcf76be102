import type { ChatDialect } from '../../chat/dialect.ts';
import type { OpenAiChatOptions, OpenAiChatSettings } from './options.ts';
import { readOpenAiChat } from './read-request.ts';
import { OpenAiStreamWriter } from './stream-writer.ts';
import { OpenAiWholeWriter } from './whole-writer.ts';

/** Makes the dialect of OpenAI's chat completions (client-apis C.1). */
export function createOpenAiChat(settings: OpenAiChatSettings): ChatDialect<OpenAiChatOptions> {
  return {
    name: 'openai-chat',
    read: (body) => readOpenAiChat(body, settings),
    streamWriter: (identity, options) => new OpenAiStreamWriter(identity, options),
    wholeWriter: (identity, options) => new OpenAiWholeWriter(identity, options),
  };
}
