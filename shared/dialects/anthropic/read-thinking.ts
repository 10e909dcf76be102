import type { ChatFeatures } from '../../chat/request.ts';
import type { AnthropicOptions } from './options.ts';
import type { AnthropicBody } from './request-body.ts';

/**
 * Reads `thinking`. Left to the model (`adaptive`), it thinks, unless the effort is low; `between_tools` thinks about
 * results of tools only. Absent, and types that are newer than this gateway, leave it to the model's name.
 */
export function readThinking(body: AnthropicBody): ChatFeatures {
  const thinking = isThinkingOn(body);
  const budget = body.thinking?.budget_tokens;
  return {
    ...(thinking !== undefined && { thinking }),
    ...(typeof budget === 'number' && { thinkingBudget: budget }),
  };
}

/** Thinking blocks are for those who asked for thinking (client-apis C.2). */
export function showsThinking({ thinking }: AnthropicBody): AnthropicOptions['thinking'] {
  if (!thinking || thinking.type === 'disabled') return 'none';
  return thinking.display === 'omitted' ? 'omitted' : 'shown';
}

function isThinkingOn({ thinking, output_config: output, messages }: AnthropicBody): boolean | undefined {
  switch (thinking?.type) {
    case 'enabled':
      return true;
    case 'disabled':
      return false;
    case 'adaptive':
      return output?.effort !== 'low';
    case 'between_tools': {
      const last = messages.findLast(({ role }) => role !== 'system')?.content ?? [];
      return typeof last !== 'string' && last.some(({ type }) => type === 'tool_result');
    }
    default:
      return undefined;
  }
}
