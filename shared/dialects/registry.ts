import type { ChatDialect, DialectName, ErrorWriter } from '../chat/dialect.ts';
import { createAnthropic } from './anthropic/anthropic.ts';
import { errorWriters } from './error-writers.ts';
import { createGemini } from './gemini/gemini.ts';
import { createNative } from './native/native.ts';
import type { NativeSettings } from './native/read-request.ts';
import { createOpenAiChat } from './openai-chat/openai-chat.ts';
import { createOpenAiResponses } from './openai-responses/openai-responses.ts';

/** Everything that any dialect is made with. */
export type DialectSettings = NativeSettings;

/** One dialect: how it is made, and how its errors look before an answer has begun. */
export interface DialectEntry {
  readonly create: (settings: DialectSettings) => ChatDialect;
  readonly writeError: ErrorWriter;
}

/** Every dialect. A function that speaks only one imports that one, to keep its bundle small. */
export const dialects: Readonly<Record<DialectName, DialectEntry>> = {
  'openai-chat': { create: createOpenAiChat, writeError: errorWriters['openai-chat'] },
  'openai-responses': { create: createOpenAiResponses, writeError: errorWriters['openai-responses'] },
  anthropic: { create: createAnthropic, writeError: errorWriters.anthropic },
  gemini: { create: createGemini, writeError: errorWriters.gemini },
  native: { create: createNative, writeError: errorWriters.native },
};
