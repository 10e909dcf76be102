import type { Usage } from '../../chat/usage.ts';
import { type JsonObject, numberField, objectField } from './json-fields.ts';

/**
 * Reads field `usage` of a frame, in its present and its older spelling (qwen-web §4.3).
 *
 * @returns `undefined` when it holds no counts, as on tool results and legacy pictures.
 */
export function readUsage(usage: JsonObject): Usage | undefined {
  const inputTokens = numberField(usage, 'input_tokens') ?? numberField(usage, 'prompt_tokens');
  const outputTokens = numberField(usage, 'output_tokens') ?? numberField(usage, 'completion_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const input = inputTokens ?? 0;
  const output = outputTokens ?? 0;
  const reasoningTokens = numberField(objectField(usage, 'output_tokens_details'), 'reasoning_tokens');
  const cachedTokens = numberField(objectField(usage, 'prompt_tokens_details'), 'cached_tokens');
  const imageTokens =
    numberField(usage, 'image_tokens') ?? numberField(objectField(usage, 'input_tokens_details'), 'image_tokens');
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: numberField(usage, 'total_tokens') ?? input + output,
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(imageTokens === undefined ? {} : { imageTokens }),
  };
}
