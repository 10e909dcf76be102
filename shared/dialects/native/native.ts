import type { ChatDialect } from '../../chat/dialect.ts';
import { type NativeSettings, readNative } from './read-request.ts';

/** Makes the native dialect: OpenAI's answers with `chatId` and `parentId`, and errors in OpenAI's envelope. */
export function createNative(settings: NativeSettings): ChatDialect {
  return { name: 'native', read: (body) => readNative(body, settings) };
}
