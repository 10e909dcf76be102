import type { ChatEvent, ChatEvents } from '../chat/event.ts';
import { AnswerTokens } from '../chat/shaping/answer-tokens.ts';
import { TokenLimit } from '../chat/shaping/token-limit.ts';
import type { TokenAllowance } from './token-allowance.ts';

/**
 * The events of an answer as far as its caller's budget reaches: more is reserved ahead of it, and where there is no more, the
 * answer ends as if it had reached a limit of its caller's own.
 *
 * @param promptEstimate tokens, until the upstream has counted them.
 */
export async function* limitEvents(
  events: ChatEvents,
  allowance: TokenAllowance,
  promptEstimate: number,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  const tokens = new AnswerTokens();
  const prompt = () => tokens.usage?.inputTokens ?? promptEstimate;
  const limit = new TokenLimit(() => Math.max(0, allowance.tokens - prompt()));
  for await (const batch of events) {
    for (const event of batch) tokens.note(event);
    const more = allowance.cover(prompt(), tokens.output);
    if (more !== undefined) await more;
    const shaped = limit.push(batch);
    if (shaped.length > 0) yield shaped;
    if (limit.ended) return;
  }
}
