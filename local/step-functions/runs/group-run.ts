import type { MapState, State, StateGroup, TaskState } from '../language/definition.ts';
import type { Data } from '../language/path.ts';
import { fillTemplate } from '../language/payload-template.ts';
import { runtimeError, StateError } from '../language/state-error.ts';
import type { RunEnvironment } from './environment.ts';
import type { Frame } from './frame.ts';
import { choose, failureOf, mergeResult, passOn, selectInput, selectOutput, wakeTime } from './perform-state.ts';
import { recover } from './recover.ts';
import { runMap } from './run-map.ts';
import { runTask } from './run-task.ts';

/** Which item of a Map a group runs for. */
export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

type Outcome =
  | { readonly type: 'go'; readonly next: string; readonly output: unknown }
  | { readonly type: 'end'; readonly output: unknown }
  | { readonly type: 'again'; readonly frame: Frame };

/** Runs the states of one group, from where it was left, and keeps every transition before it acts on it. */
export class GroupRun {
  readonly #group: StateGroup;
  readonly #path: string;
  readonly #environment: RunEnvironment;
  readonly #signal: AbortSignal;
  readonly #item: MapItem | undefined;

  /** @param path of the group within the execution; `''` for the machine itself. */
  constructor(group: StateGroup, path: string, environment: RunEnvironment, signal: AbortSignal, item?: MapItem) {
    this.#group = group;
    this.#path = path;
    this.#environment = environment;
    this.#signal = signal;
    this.#item = item;
  }

  /**
   * @param input for a group that begins; one that goes on has its own.
   * @returns the group's output.
   * @throws StateError when it fails; the signal's reason when it aborts.
   */
  async run(input: unknown): Promise<unknown> {
    const { reached, keep } = this.#environment;
    const before = reached.get(this.#path);
    if (before?.type === 'done') return before.output;
    let frame = before?.frame ?? this.#enter(this.#group.startAt, input, 0);
    if (before === undefined) await keep(this.#path, { type: 'frame', frame });
    for (;;) {
      this.#signal.throwIfAborted();
      const outcome = await this.#perform(frame);
      this.#signal.throwIfAborted();
      if (outcome.type === 'end') {
        await keep(this.#path, { type: 'done', output: outcome.output });
        return outcome.output;
      }
      frame = outcome.type === 'again' ? outcome.frame : this.#enter(outcome.next, outcome.output, frame.step + 1);
      await keep(this.#path, { type: 'frame', frame });
    }
  }

  #enter(state: string, input: unknown, step: number): Frame {
    return { state, input, step, attempts: [], enteredAt: new Date(this.#environment.clock.now()).toISOString() };
  }

  async #perform(frame: Frame): Promise<Outcome> {
    const { clock } = this.#environment;
    const state = this.#group.states.get(frame.state);
    if (state === undefined) throw runtimeError(`There is no state ${frame.state} any more.`);
    if (frame.wakeAt !== undefined) await clock.waitUntil(frame.wakeAt, this.#signal);
    if (state.type !== 'Task' && state.type !== 'Map') return this.#performPlain(state, frame);
    try {
      return await this.#work(state, frame);
    } catch (error) {
      if (!(error instanceof StateError) || this.#signal.aborted) throw error;
      return this.#recover(state, frame, error);
    }
  }

  #performPlain(state: Exclude<State, TaskState | MapState>, frame: Frame): Outcome {
    const raw = this.#data(frame, frame.input);
    if (state.type === 'Fail') throw failureOf(state, raw);
    const data = { ...raw, value: selectInput(state, raw) };
    switch (state.type) {
      case 'Wait': {
        if (frame.wakeAt !== undefined) return this.#leave(state, frame, data.value);
        return { type: 'again', frame: { ...frame, wakeAt: wakeTime(state, data, this.#environment.clock.now()) } };
      }
      case 'Pass':
        return this.#leave(state, frame, passOn(state, frame.input, data));
      case 'Choice':
        return { type: 'go', next: choose(state, data), output: selectOutput(state.outputPath, data) };
      case 'Succeed':
        return { type: 'end', output: selectOutput(state.outputPath, data) };
    }
  }

  async #work(state: TaskState | MapState, frame: Frame): Promise<Outcome> {
    const raw = this.#data(frame, frame.input);
    const data = { ...raw, value: selectInput(state, raw) };
    const result =
      state.type === 'Task'
        ? await runTask(state, data, this.#environment, this.#signal)
        : await runMap(state, data, this.#childPath(frame), this.#environment, this.#signal);
    const selected =
      state.resultSelector === undefined ? result : fillTemplate(state.resultSelector, { ...data, value: result });
    return this.#leave(state, frame, mergeResult(state.resultPath, frame.input, selected));
  }

  #leave(state: { outputPath: string | null; next: string | undefined }, frame: Frame, value: unknown): Outcome {
    const output = selectOutput(state.outputPath, this.#data(frame, value));
    return state.next === undefined ? { type: 'end', output } : { type: 'go', next: state.next, output };
  }

  #recover(state: TaskState | MapState, frame: Frame, failure: StateError): Outcome {
    const recovery = recover(state, frame, failure, Math.random());
    switch (recovery.type) {
      case 'none':
        throw failure;
      case 'catch':
        return { type: 'go', next: recovery.next, output: recovery.input };
      case 'retry': {
        const wakeAt = this.#environment.clock.now() + recovery.delayMilliseconds;
        return { type: 'again', frame: { ...frame, attempts: recovery.attempts, wakeAt } };
      }
    }
  }

  /** Unlike the path of another visit of the state, or of another attempt. */
  #childPath({ step, attempts }: Frame): string {
    return `${this.#path}/${step}-${attempts.reduce((sum, count) => sum + count, 0)}`;
  }

  #data(frame: Frame, value: unknown): Data {
    const retryCount = frame.attempts.reduce((sum, count) => sum + count, 0);
    const context = {
      ...this.#environment.context,
      State: { Name: frame.state, EnteredTime: frame.enteredAt, RetryCount: retryCount },
      ...(this.#item === undefined ? {} : { Map: { Item: this.#item } }),
    };
    return { value, context };
  }
}
