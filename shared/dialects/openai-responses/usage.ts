import type { ChatRequest } from '../../chat/request.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import type { Usage } from '../../chat/usage.ts';
import type { OutputItem } from './output-item.ts';

/** `usage` of a response. All of it is demanded, so that a detail which the upstream did not tell reads 0. */
export interface ResponseUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
}

export function writeUsage(usage: Usage): ResponseUsage {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0, cache_write_tokens: 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: usage.totalTokens,
  };
}

/**
 * Usage of an answer whose upstream counted nothing, estimated from the texts of this request alone: Codex stops without
 * numbers, and compacts without an end by numbers that are too high (clients §3).
 */
export function estimateUsage({ messages, tools }: ChatRequest, output: readonly OutputItem[]): Usage {
  const spoken = messages.map((message) => tokensOf(JSON.stringify(message.content)));
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? message.toolCalls : []));
  const inputTokens = Math.ceil(
    sum(spoken) + sum(calls.map((call) => tokensOf(call.arguments))) + sum(tools.definitions.map(toolTokens)),
  );
  const reasoningTokens = Math.ceil(sum(output.filter(({ type }) => type === 'reasoning').map(itemTokens)));
  const outputTokens = Math.ceil(sum(output.map(itemTokens)));
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, reasoningTokens };
}

function toolTokens({ name, description, parameters }: ChatRequest['tools']['definitions'][number]): number {
  return tokensOf(name) + tokensOf(description) + tokensOf(JSON.stringify(parameters));
}

function itemTokens(item: OutputItem): number {
  switch (item.type) {
    case 'reasoning':
      return sum(item.summary.map(({ text }) => tokensOf(text)));
    case 'message':
      return sum(item.content.map(({ text }) => tokensOf(text)));
    case 'function_call':
      return tokensOf(item.name) + tokensOf(item.arguments);
    case 'custom_tool_call':
      return tokensOf(item.name) + tokensOf(item.input);
    case 'image_generation_call':
      return 0;
  }
}

function tokensOf(text: string): number {
  return estimateTokens(text, Number.POSITIVE_INFINITY).tokens;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
