import type { Usage } from '../chat/usage.ts';

/** Token counts as OpenAI's images have them. */
export interface PictureUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
  readonly input_tokens_details: { readonly text_tokens: number; readonly image_tokens: number };
}

/** Adds up what the upstream has told. @returns `undefined` when it has told nothing. */
export function pictureUsage(usages: readonly (Usage | undefined)[]): PictureUsage | undefined {
  const told = usages.filter((usage) => usage !== undefined);
  if (told.length === 0) return undefined;
  const sum = (count: (usage: Usage) => number) => told.reduce((total, usage) => total + count(usage), 0);
  const imageTokens = sum(({ imageTokens: tokens }) => tokens ?? 0);
  const inputTokens = sum(({ inputTokens: tokens }) => tokens);
  return {
    input_tokens: inputTokens,
    output_tokens: sum(({ outputTokens }) => outputTokens),
    total_tokens: sum(({ totalTokens }) => totalTokens),
    input_tokens_details: { text_tokens: inputTokens - imageTokens, image_tokens: imageTokens },
  };
}
