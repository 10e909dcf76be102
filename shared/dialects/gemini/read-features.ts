import type { ChatFeatures } from '../../chat/request.ts';
import { wantsSearch } from './read-tools.ts';
import type { GeminiBody, GenerationBody } from './request-body.ts';

/**
 * Reads what the caller switched on or off. A budget of 0 and the level `MINIMAL` mean no thinking; a budget of -1 leaves
 * it to the model. Whoever wants to see thoughts wants thinking.
 */
export function readFeatures(body: GeminiBody): ChatFeatures {
  const thinkingBudget = body.generationConfig?.thinkingConfig?.thinkingBudget ?? -1;
  const thinking = wantsThinking(body.generationConfig);
  return {
    ...(thinking !== undefined && { thinking }),
    ...(thinkingBudget > 0 && { thinkingBudget }),
    ...(wantsSearch(body) && { search: true }),
  };
}

function wantsThinking(config: GenerationBody | null | undefined): boolean | undefined {
  const { thinkingBudget, thinkingLevel, includeThoughts } = config?.thinkingConfig ?? {};
  if (typeof thinkingBudget === 'number' && thinkingBudget >= 0) return thinkingBudget > 0;
  if (thinkingLevel && thinkingLevel !== 'THINKING_LEVEL_UNSPECIFIED') return thinkingLevel.toUpperCase() !== 'MINIMAL';
  return includeThoughts ? true : undefined;
}
