import type { ResolvedFeatures } from '../../chat/upstream.ts';

/**
 * The feature switches of a message (qwen-web §4.1, recipes). `output_schema` is what makes the answer's frames carry
 * their phase; searching is always said explicitly, because the account's settings count otherwise.
 */
export function featureConfig(features: ResolvedFeatures): object {
  const { thinking, thinkingBudget, search } = features;
  return {
    thinking_enabled: thinking,
    output_schema: 'phase',
    research_mode: 'normal',
    auto_thinking: false,
    thinking_mode: thinking ? 'Thinking' : 'Fast',
    auto_search: search,
    ...(thinking ? { thinking_format: 'summary' } : {}),
    ...(thinking && thinkingBudget !== undefined ? { thinking_budget: thinkingBudget } : {}),
    ...(search ? { search_version: 'v2' } : {}),
  };
}

/** The switches of a message that asks for a picture (qwen-web §5.1): those that are known to work. */
export const pictureFeatureConfig: object = { thinking_enabled: false, output_schema: 'phase' };
