import type { ChatFeatures } from '../../chat/request.ts';
import { wantsThinking } from '../reasoning-effort.ts';
import type { ChatFieldsBody } from './request-body.ts';

/**
 * Reads what the caller switched on or off. `enable_thinking` is Qwen's own field and wins over OpenAI's
 * `reasoning_effort`, whose `none` and `minimal` mean no thinking; unknown efforts mean thinking.
 */
export function readFeatures(body: ChatFieldsBody): ChatFeatures {
  const thinking = body.enable_thinking ?? wantsThinking(body.reasoning_effort);
  const search = body.enable_search ?? (body.web_search_options ? true : undefined);
  return {
    ...(thinking !== undefined && { thinking }),
    ...(typeof body.thinking_budget === 'number' && { thinkingBudget: body.thinking_budget }),
    ...(search !== undefined && { search }),
  };
}
