import { createOpenAI } from '@ai-sdk/openai';
import { AiUse, aiClient } from '../ai-use.ts';
import type { ConformanceClient } from '../client.ts';

/** Vercel's `ai` with its OpenAI provider, told to speak chat completions. */
export const aiOpenAiChat: ConformanceClient = {
  ...aiClient,
  name: 'ai, openai.chat',
  structuredBy: 'schema',
  connect({ url, key, model }) {
    const provider = createOpenAI({ baseURL: `${url}/v1`, apiKey: key });
    return new AiUse(provider.chat(model), {
      reason: 'it reads no thinking in chat completions: OpenAI sends none there',
    });
  },
};
