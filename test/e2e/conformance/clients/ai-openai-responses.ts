import { createOpenAI } from '@ai-sdk/openai';
import { AiUse, aiClient } from '../ai-use.ts';
import type { ConformanceClient } from '../client.ts';

/** Vercel's `ai` with its OpenAI provider, which speaks responses unless told otherwise. */
export const aiOpenAiResponses: ConformanceClient = {
  ...aiClient,
  name: 'ai, openai',
  structuredBy: 'schema',
  connect({ url, key, model }) {
    const provider = createOpenAI({ baseURL: `${url}/v1`, apiKey: key });
    return new AiUse(provider(model), { openai: { forceReasoning: true, reasoningSummary: 'auto' } });
  },
};
