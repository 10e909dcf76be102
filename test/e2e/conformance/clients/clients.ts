import type { ConformanceClient } from '../client.ts';
import { aiAnthropic } from './ai-anthropic.ts';
import { aiOpenAiChat } from './ai-openai-chat.ts';
import { aiOpenAiCompatible } from './ai-openai-compatible.ts';
import { aiOpenAiResponses } from './ai-openai-responses.ts';
import { anthropicSdk } from './anthropic-sdk.ts';
import { googleGenAi } from './google-genai.ts';
import { langChainChat } from './langchain-chat.ts';
import { langChainResponses } from './langchain-responses.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';

/** Every client of the conformance table, in the order of its lines. */
export const clients: readonly ConformanceClient[] = [
  openAiChat,
  openAiResponses,
  anthropicSdk,
  googleGenAi,
  aiOpenAiCompatible,
  aiOpenAiResponses,
  aiOpenAiChat,
  aiAnthropic,
  langChainChat,
  langChainResponses,
];
