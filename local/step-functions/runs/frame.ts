import { isRecord } from '../../is-record.ts';

/** Where a group of states is: what has to be known to go on from here after a kill. */
export interface Frame {
  readonly state: string;
  /** The state's raw input. */
  readonly input: unknown;
  /** How many states were entered before in this group; tells two visits of a state apart. */
  readonly step: number;
  /** ISO time. */
  readonly enteredAt: string;
  /** Epoch milliseconds until which the state rests, for Wait or before another attempt. */
  readonly wakeAt?: number;
  /** How often each retrier was used, in their order. */
  readonly attempts: readonly number[];
}

/** What is known of a group of states: where it is, or what came out. */
export type Progress =
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'done'; readonly output: unknown };

export function isFrame(value: unknown): value is Frame {
  return isRecord(value) && typeof value.state === 'string' && Array.isArray(value.attempts);
}
