import type { MapState, TaskState } from '../language/definition.ts';
import { errorOutput, matchesError, type StateError } from '../language/state-error.ts';
import type { Frame } from './frame.ts';
import { mergeResult } from './perform-state.ts';

/** What happens after a failure: another attempt after a rest, another state, or nothing that helps. */
export type Recovery =
  | { readonly type: 'retry'; readonly delayMilliseconds: number; readonly attempts: readonly number[] }
  | { readonly type: 'catch'; readonly next: string; readonly input: unknown }
  | { readonly type: 'none' };

/**
 * Goes through the retriers and then the catchers of a state; of each the first that names the error decides.
 *
 * @param random between 0 and 1, for retriers with jitter.
 */
export function recover(state: TaskState | MapState, frame: Frame, failure: StateError, random: number): Recovery {
  const index = state.retriers.findIndex(({ errors }) => matchesError(errors, failure));
  const retrier = state.retriers[index];
  if (retrier !== undefined) {
    const used = frame.attempts[index] ?? 0;
    if (used < retrier.maxAttempts) {
      const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** used, retrier.maxDelaySeconds);
      const attempts = state.retriers.map(
        (_, position) => (frame.attempts[position] ?? 0) + (position === index ? 1 : 0),
      );
      return { type: 'retry', delayMilliseconds: seconds * 1000 * (retrier.jitter ? random : 1), attempts };
    }
  }
  const catcher = state.catchers.find(({ errors }) => matchesError(errors, failure));
  if (catcher === undefined) return { type: 'none' };
  return {
    type: 'catch',
    next: catcher.next,
    input: mergeResult(catcher.resultPath, frame.input, errorOutput(failure)),
  };
}
