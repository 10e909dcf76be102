import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { AiUse, aiClient } from '../ai-use.ts';
import type { ConformanceClient } from '../client.ts';

/** Vercel's `ai` with its provider for everything that speaks chat completions. */
export const aiOpenAiCompatible: ConformanceClient = {
  ...aiClient,
  name: 'ai, openai-compatible',
  structuredBy: 'schema',
  connect({ url, key, model }) {
    const provider = createOpenAICompatible({
      name: 'gateway',
      baseURL: `${url}/v1`,
      apiKey: key,
      includeUsage: true,
      supportsStructuredOutputs: true,
    });
    return new AiUse(provider(model), {});
  },
};
