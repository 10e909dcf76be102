import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { dialectSettings } from '../../shared/composition/open-chat-service.ts';
import { openTokenCounting } from '../../shared/composition/open-token-counting.ts';
import { createAnthropic } from '../../shared/dialects/anthropic/anthropic.ts';
import { createGemini } from '../../shared/dialects/gemini/gemini.ts';
import { anthropicCount, geminiCount, responsesCount } from '../../shared/endpoints/count-forms.ts';
import { createCountTokens } from '../../shared/endpoints/count-tokens.ts';

export const handler = liveEndpoint('count-tokens', (access) => {
  const settings = dialectSettings(access.settings);
  const { count, readResponse } = openTokenCounting(access);
  const gemini = createCountTokens(count, geminiCount(createGemini(settings)));
  return {
    handlers: {
      'POST /v1/messages/count_tokens': createCountTokens(count, anthropicCount(createAnthropic(settings))),
      'POST /v1/responses/input_tokens': createCountTokens(count, responsesCount(readResponse)),
      'POST /v1beta/models/{model}:countTokens': gemini,
      'POST /v1/models/{model}:countTokens': gemini,
    },
  };
});
