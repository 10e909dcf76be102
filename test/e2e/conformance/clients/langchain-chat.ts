import type { ConformanceClient } from '../client.ts';
import { LangChainUse, langChainClient } from '../langchain-use.ts';

/** LangChain's OpenAI class on chat completions, its own choice for a model that it does not know. */
export const langChainChat: ConformanceClient = {
  ...langChainClient,
  name: '@langchain/openai',
  finish: { stop: 'stop', tools: 'tool_calls' },
  connect: (place) => new LangChainUse(place, {}),
};
