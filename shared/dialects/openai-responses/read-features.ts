import type { ChatFeatures } from '../../chat/request.ts';
import { wantsThinking } from '../reasoning-effort.ts';
import type { ResponsesBody } from './request-body.ts';

/**
 * Reads what the caller switched on or off. Qwen's own fields `enable_thinking` and `enable_search` win; the efforts
 * `none` and `minimal` mean no thinking, unknown ones mean thinking.
 *
 * @param search whether the tools ask for a search.
 */
export function readFeatures(body: ResponsesBody, search: boolean | undefined): ChatFeatures {
  const thinking = body.enable_thinking ?? wantsThinking(body.reasoning?.effort);
  const searching = body.enable_search ?? search;
  return {
    ...(thinking !== undefined && { thinking }),
    ...(typeof body.thinking_budget === 'number' && { thinkingBudget: body.thinking_budget }),
    ...(searching !== undefined && { search: searching }),
  };
}
