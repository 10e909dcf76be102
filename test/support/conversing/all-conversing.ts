import type { DialectName } from '../../../shared/chat/dialect.ts';
import { anthropicConversing } from './anthropic-conversing.ts';
import type { Conversing } from './conversing.ts';
import { geminiConversing } from './gemini-conversing.ts';
import { openAiConversing } from './openai-conversing.ts';
import { responsesConversing } from './responses-conversing.ts';

/** Every dialect, as tests of conversations speak it. */
export const allConversing = {
  'openai-chat': openAiConversing,
  'openai-responses': responsesConversing,
  anthropic: anthropicConversing,
  gemini: geminiConversing,
  native: { ...openAiConversing, path: '/api/chat/completions' },
} as const satisfies Record<DialectName, Conversing>;
