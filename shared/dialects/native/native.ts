import type { ChatDialect } from '../../chat/dialect.ts';
import type { OpenAiChatOptions } from '../openai-chat/options.ts';
import { OpenAiStreamWriter } from '../openai-chat/stream-writer.ts';
import { OpenAiWholeWriter } from '../openai-chat/whole-writer.ts';
import { type NativeSettings, readNative } from './read-request.ts';
import { threadFields } from './thread-fields.ts';

/** Makes the native dialect: OpenAI's answers with `chatId` and `parentId`, and errors in OpenAI's envelope. */
export function createNative(settings: NativeSettings): ChatDialect<OpenAiChatOptions> {
  return {
    name: 'native',
    read: (body) => readNative(body, settings),
    streamWriter: (identity, options) => new OpenAiStreamWriter(identity, options, threadFields),
    wholeWriter: (identity, options) => new OpenAiWholeWriter(identity, options, threadFields),
  };
}
