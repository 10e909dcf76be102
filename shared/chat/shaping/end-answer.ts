import type { ChatEvent, FinishEvent } from '../event.ts';

/**
 * The end of an answer that is cut in the middle of a batch: of what follows only the token counts are kept.
 *
 * @param rest the batch's events behind the cut.
 */
export function endAnswer(rest: readonly ChatEvent[], finish: Omit<FinishEvent, 'type'>): readonly ChatEvent[] {
  return [...rest.filter((event) => event.type === 'usage'), { type: 'finish', ...finish }];
}
