import type { Clock } from './clock.ts';
import type { Progress } from './frame.ts';

/** What the states of one execution work with. */
export interface RunEnvironment {
  /**
   * Calls a function by its ARN.
   *
   * @throws StateError
   */
  readonly call: (functionArn: string, payload: unknown) => Promise<unknown>;
  readonly clock: Clock;
  /** What was reached before, by the path of the group of states; the whole machine's is `''`. */
  readonly reached: ReadonlyMap<string, Progress>;
  /** Keeps what is reached now; resolves when it survives a kill. */
  readonly keep: (path: string, progress: Progress) => Promise<void>;
  /** The context object's parts that stay the same, as `Execution`. */
  readonly context: Readonly<Record<string, unknown>>;
}
