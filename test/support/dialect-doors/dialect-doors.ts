import type { DialectName } from '../../../shared/chat/dialect.ts';
import { anthropicAnswers } from './anthropic-answers.ts';
import type { DialectDoor } from './dialect-door.ts';
import { geminiAnswers } from './gemini-answers.ts';
import { openAiAnswers } from './openai-answers.ts';
import { responsesAnswers } from './responses-answers.ts';

const model = 'qwen3.7-plus';

/**
 * Every dialect, as tests that hold for all of them speak it. An entry here is all that a new dialect needs to be in the
 * fault matrix.
 */
export const dialectDoors = {
  'openai-chat': {
    ...openAiAnswers,
    request: (question, stream) => ({
      path: '/v1/chat/completions',
      body: { model, stream, messages: [{ role: 'user', content: question }] },
    }),
  },
  'openai-responses': {
    ...responsesAnswers,
    request: (input, stream) => ({ path: '/v1/responses', body: { model, stream, input, store: false } }),
  },
  anthropic: {
    ...anthropicAnswers,
    request: (content, stream) => ({
      path: '/v1/messages',
      body: { model, stream, max_tokens: 4096, messages: [{ role: 'user', content }] },
    }),
  },
  gemini: {
    ...geminiAnswers,
    request: (text, stream) => ({
      path: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      body: { contents: [{ role: 'user', parts: [{ text }] }] },
    }),
  },
  native: {
    ...openAiAnswers,
    request: (message, stream) => ({ path: '/api/chat', body: { model, stream, message } }),
  },
} as const satisfies Record<DialectName, DialectDoor>;
