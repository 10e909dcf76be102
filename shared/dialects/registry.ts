import type { ChatDialect, DialectName, ErrorWriter } from '../chat/dialect.ts';
import { errorWriters } from './error-writers.ts';
import { createNative } from './native/native.ts';
import type { NativeSettings } from './native/read-request.ts';
import { createOpenAiChat } from './openai-chat/openai-chat.ts';
import type { OpenAiChatOptions } from './openai-chat/options.ts';

/** Everything that any dialect is made with. */
export type DialectSettings = NativeSettings;

/** One dialect: how it is made, and how its errors look before an answer has begun. */
export interface DialectEntry<Options> {
  readonly create: (settings: DialectSettings) => ChatDialect<Options>;
  readonly writeError: ErrorWriter;
}

/** Every dialect. A function that speaks only one imports that one, to keep its bundle small. */
export const dialects: Readonly<Record<DialectName, DialectEntry<OpenAiChatOptions>>> = {
  'openai-chat': { create: createOpenAiChat, writeError: errorWriters['openai-chat'] },
  native: { create: createNative, writeError: errorWriters.native },
};
