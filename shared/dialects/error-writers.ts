import type { DialectName, ErrorWriter } from '../chat/dialect.ts';
import { writeOpenAiError } from './openai-chat/error-body.ts';

/** How each dialect writes an error before an answer has begun. Apart from the registry, because every function needs it. */
export const errorWriters: Readonly<Record<DialectName, ErrorWriter>> = {
  'openai-chat': writeOpenAiError,
  native: writeOpenAiError,
};
