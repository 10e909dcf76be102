import { createAnthropic } from '@ai-sdk/anthropic';
import { AiUse, aiClient } from '../ai-use.ts';
import type { ConformanceClient } from '../client.ts';

/** Vercel's `ai` with its Anthropic provider. From a model that it does not know it gets structured output by a forced tool. */
export const aiAnthropic: ConformanceClient = {
  ...aiClient,
  name: 'ai, anthropic',
  structuredBy: { toolNamed: 'json' },
  connect({ url, key, model }) {
    const provider = createAnthropic({ baseURL: `${url}/v1`, apiKey: key });
    return new AiUse(provider(model), { anthropic: { thinking: { type: 'enabled', budgetTokens: 2000 } } });
  },
};
