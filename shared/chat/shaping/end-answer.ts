import type { ChatEvent } from '../event.ts';
import type { FinishReason } from '../finish-reason.ts';

/**
 * The end of an answer that is cut in the middle of a batch: of what follows only the token counts are kept.
 *
 * @param rest the batch's events behind the cut.
 */
export function endAnswer(rest: readonly ChatEvent[], reason: FinishReason): readonly ChatEvent[] {
  return [...rest.filter((event) => event.type === 'usage'), { type: 'finish', reason }];
}
