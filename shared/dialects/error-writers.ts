import type { DialectName, ErrorWriter } from '../chat/dialect.ts';
import { writeAnthropicError } from './anthropic/error-body.ts';
import { writeGeminiError } from './gemini/error-body.ts';
import { writeOpenAiError } from './openai-chat/error-body.ts';

/** How each dialect writes an error before an answer has begun. Apart from the registry, because every function needs it. */
export const errorWriters: Readonly<Record<DialectName, ErrorWriter>> = {
  'openai-chat': writeOpenAiError,
  'openai-responses': writeOpenAiError,
  anthropic: writeAnthropicError,
  gemini: writeGeminiError,
  native: writeOpenAiError,
};
