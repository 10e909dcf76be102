import type { Beginning, End, Journal } from './journal.ts';
import type { Definition } from './language/definition.ts';
import { StateError } from './language/state-error.ts';
import type { Clock } from './runs/clock.ts';
import type { RunEnvironment } from './runs/environment.ts';
import type { Progress } from './runs/frame.ts';
import { GroupRun } from './runs/group-run.ts';

/** Why an execution stops in the middle. */
class Interruption extends Error {
  override readonly name = 'Interruption';
  /** `undefined` leaves it running, for the next start. */
  readonly end: End | undefined;

  constructor(end: End | undefined) {
    super('The execution was interrupted.');
    this.end = end;
  }
}

export interface ExecutionOptions {
  readonly definition: Definition;
  readonly beginning: Beginning;
  readonly arn: string;
  readonly reached: ReadonlyMap<string, Progress>;
  readonly journal: Journal;
  readonly call: RunEnvironment['call'];
  readonly clock: Clock;
}

/** One run of a state machine. */
export class Execution {
  readonly beginning: Beginning;
  readonly arn: string;
  /** Resolves when it has ended, or was suspended. */
  readonly settled: Promise<void>;
  readonly #interrupt = new AbortController();
  readonly #clock: Clock;
  #end: End | undefined;

  constructor(options: ExecutionOptions) {
    this.beginning = options.beginning;
    this.arn = options.arn;
    this.#clock = options.clock;
    this.settled = this.#run(options);
  }

  /** `undefined` while it runs. */
  get end(): End | undefined {
    return this.#end;
  }

  stop(error: string | undefined, cause: string | undefined): void {
    const end: End = {
      status: 'ABORTED',
      stoppedAt: this.#clock.now(),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
    this.#interrupt.abort(new Interruption(end));
  }

  /** Leaves it for the next start to go on with. */
  suspend(): void {
    this.#interrupt.abort(new Interruption(undefined));
  }

  async #run(options: ExecutionOptions): Promise<void> {
    const { definition, journal, reached, call, clock } = options;
    const environment: RunEnvironment = {
      call,
      clock,
      reached,
      keep: (path, progress) => journal.keep(path, progress),
      context: contextOf(options),
    };
    const { signal } = this.#interrupt;
    const over = new AbortController();
    this.#expire(definition.timeoutSeconds, AbortSignal.any([signal, over.signal]));
    try {
      const output = await new GroupRun(definition, '', environment, signal).run(this.beginning.input);
      this.#end = { status: 'SUCCEEDED', stoppedAt: clock.now(), output };
    } catch (error) {
      this.#end = error instanceof Interruption ? error.end : failed(error, clock.now());
    } finally {
      over.abort();
    }
    await (this.#end === undefined ? journal.close() : journal.end(this.#end));
  }

  #expire(seconds: number | undefined, signal: AbortSignal): void {
    if (seconds === undefined) return;
    const deadline = this.beginning.startedAt + seconds * 1000;
    this.#clock.waitUntil(deadline, signal).then(
      () => this.#interrupt.abort(new Interruption({ status: 'TIMED_OUT', stoppedAt: this.#clock.now() })),
      () => {},
    );
  }
}

function failed(error: unknown, now: number): End {
  const failure = error instanceof StateError ? error : new StateError('States.Runtime', String(error));
  return { status: 'FAILED', stoppedAt: now, error: failure.error, cause: failure.message };
}

function contextOf({ arn, beginning }: ExecutionOptions): Readonly<Record<string, unknown>> {
  const { input, machineArn, name, startedAt } = beginning;
  return {
    Execution: { Id: arn, Input: input, Name: name, StartTime: new Date(startedAt).toISOString() },
    StateMachine: { Id: machineArn, Name: machineArn.split(':').at(-1) },
  };
}
