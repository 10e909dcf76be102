import type { ChoiceRule } from './choice-rule.ts';

/** What a retrier says, with the language's defaults filled in. */
export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  /** Whether a delay is a random part of itself. */
  readonly jitter: boolean;
}

export interface Catcher {
  readonly errors: readonly string[];
  readonly next: string;
  /** Where the error goes in the state's input; `null` drops it. */
  readonly resultPath: string | null;
}

/** How data goes through a state. `null` for a path means: nothing of it. */
interface Flow {
  readonly inputPath: string | null;
  readonly outputPath: string | null;
  /** `undefined` at the end of the group. */
  readonly next: string | undefined;
}

interface Working extends Flow {
  readonly parameters: unknown;
  readonly resultSelector: unknown;
  readonly resultPath: string | null;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export interface PassState extends Flow {
  readonly type: 'Pass';
  readonly parameters: unknown;
  /** `undefined` when it has none. */
  readonly result: unknown;
  readonly resultPath: string | null;
}

export interface WaitState extends Flow {
  readonly type: 'Wait';
  readonly seconds: number | undefined;
  readonly secondsPath: string | undefined;
  readonly timestamp: string | undefined;
  readonly timestampPath: string | undefined;
}

export interface ChoiceState extends Omit<Flow, 'next'> {
  readonly type: 'Choice';
  readonly choices: readonly { readonly rule: ChoiceRule; readonly next: string }[];
  readonly fallback: string | undefined;
}

/** Calls a function, through `lambda:invoke`. */
export interface TaskState extends Working {
  readonly type: 'Task';
  readonly timeoutSeconds: number | undefined;
}

/** Runs a group of states once for each item, inline. */
export interface MapState extends Working {
  readonly type: 'Map';
  readonly itemsPath: string;
  readonly itemSelector: unknown;
  /** 0 is without a limit. */
  readonly maxConcurrency: number;
  readonly maxConcurrencyPath: string | undefined;
  readonly processor: StateGroup;
}

export interface SucceedState extends Omit<Flow, 'next'> {
  readonly type: 'Succeed';
}

export interface FailState {
  readonly type: 'Fail';
  readonly error: string | undefined;
  readonly errorPath: string | undefined;
  readonly cause: string | undefined;
  readonly causePath: string | undefined;
}

export type State = PassState | WaitState | ChoiceState | TaskState | MapState | SucceedState | FailState;

export interface StateGroup {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A state machine of the subset that this project uses: JSONPath, functions as the only resources, inline maps. */
export interface Definition extends StateGroup {
  readonly timeoutSeconds: number | undefined;
}
