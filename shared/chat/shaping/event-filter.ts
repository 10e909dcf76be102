import type { ChatEvent } from '../event.ts';

/** One change to an answer on its way from the upstream to the caller. */
export interface EventFilter {
  /**
   * Takes a batch and gives what may go on now. What it holds back comes at the latest with the finish event.
   */
  push(events: readonly ChatEvent[]): readonly ChatEvent[];
  /** Whether the filter has ended the answer itself, so that the upstream need not go on. */
  readonly ended: boolean;
}
