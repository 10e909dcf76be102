import type { ConformanceClient } from '../client.ts';
import { LangChainUse, langChainClient } from '../langchain-use.ts';

/** LangChain's OpenAI class, told to speak responses. */
export const langChainResponses: ConformanceClient = {
  ...langChainClient,
  name: '@langchain/openai, responses',
  finish: { stop: 'completed', tools: 'completed' },
  connect: (place) => new LangChainUse(place, { useResponsesApi: true }),
};
