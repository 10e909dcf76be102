import type { DialectName } from '../../../shared/chat/dialect.ts';
import type { DialectDoor } from './dialect-door.ts';
import { openAiAnswers } from './openai-answers.ts';

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
  native: {
    ...openAiAnswers,
    request: (message, stream) => ({ path: '/api/chat', body: { model, stream, message } }),
  },
} as const satisfies Record<DialectName, DialectDoor>;
