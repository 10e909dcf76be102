import type { SystemMessage } from '../../chat/request.ts';
import type { AnthropicBody } from './request-body.ts';

/** How Claude Code's first block begins: it changes with every prompt, and is not for the model (clients §3). */
const billingHeader = 'x-anthropic-billing-header:';

/** Reads `system`: no message when it is absent or empty. */
export function readSystem(system: AnthropicBody['system']): readonly SystemMessage[] {
  const blocks = typeof system === 'string' ? [system] : (system ?? []).map(({ text }) => text);
  const [first] = blocks;
  const content = (first?.startsWith(billingHeader) ? blocks.slice(1) : blocks).join('\n\n');
  return content === '' ? [] : [{ role: 'system', content }];
}
