import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isErrno } from '../state/is-errno.ts';
import { Execution } from './execution.ts';
import { type Beginning, type Chronicle, type End, Journal, readJournal } from './journal.ts';
import type { Definition } from './language/definition.ts';
import { parseDefinition } from './language/parse-definition.ts';
import { type Clock, systemClock } from './runs/clock.ts';
import type { RunEnvironment } from './runs/environment.ts';
import { ServiceError } from './service-error.ts';

/** A state machine of the template. */
export interface Machine {
  readonly arn: string;
  /** JSON, in the Amazon States Language. */
  readonly definition: string;
}

export interface StateMachinesOptions {
  /** Keeps a file for each execution. */
  readonly folder: string;
  readonly machines: readonly Machine[];
  readonly call: RunEnvironment['call'];
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

/** An execution as the API describes it. */
export interface Description {
  readonly arn: string;
  readonly beginning: Beginning;
  readonly end: End | undefined;
}

/** AWS remembers finished executions as long. */
const rememberedMilliseconds = 90 * 24 * 3600 * 1000;

/** The state machines of the stack on this machine. Every transition is kept; a restart goes on where a kill came. */
export class StateMachines {
  readonly #options: StateMachinesOptions;
  readonly #clock: Clock;
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #executions = new Map<string, Description>();
  readonly #running = new Map<string, Execution>();

  /** @throws LocalRuntimeError when a definition has something that can't be run here. */
  constructor(options: StateMachinesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#definitions = new Map(options.machines.map(({ arn, definition }) => [arn, parseDefinition(definition)]));
  }

  /** Goes on with the executions that were running when the last runtime ended. To be called first. */
  async resume(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    for (const file of await readdir(this.#options.folder)) {
      const path = join(this.#options.folder, file);
      const chronicle = await readJournal(path);
      if (chronicle === undefined || this.#isForgotten(chronicle.end)) await rm(path);
      else await this.#remember(path, chronicle);
    }
  }

  /**
   * Starts an execution; starting the same again while it runs changes nothing.
   *
   * @throws ServiceError StateMachineDoesNotExist, InvalidName, ExecutionAlreadyExists
   */
  async start(machineArn: string, input: unknown, name: string = randomUUID()): Promise<Description> {
    this.#definition(machineArn);
    if (!/^[\w.-]{1,80}$/.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
    const arn = executionArn(machineArn, name);
    if (this.#executions.has(arn)) return sameOr(this.describe(arn), input);
    const beginning = { machineArn, name, input, startedAt: this.#clock.now() };
    this.#executions.set(arn, { arn, beginning, end: undefined });
    try {
      const journal = await Journal.create(this.#path(beginning), beginning);
      this.#run({ beginning, reached: new Map(), end: undefined }, journal);
    } catch (error) {
      this.#executions.delete(arn);
      if (isErrno(error, 'EEXIST')) throw alreadyExists(arn);
      throw error;
    }
    return this.describe(arn);
  }

  /** @throws ServiceError ExecutionDoesNotExist */
  describe(arn: string): Description {
    const execution = this.#executions.get(arn);
    if (execution === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return { ...execution, end: this.#running.get(arn)?.end ?? execution.end };
  }

  /** The executions of a machine, newest first. @throws ServiceError StateMachineDoesNotExist */
  list(machineArn: string): readonly Description[] {
    this.#definition(machineArn);
    return [...this.#executions.keys()]
      .map((arn) => this.describe(arn))
      .filter(({ beginning }) => beginning.machineArn === machineArn)
      .sort((one, other) => other.beginning.startedAt - one.beginning.startedAt);
  }

  /** Ends an execution in the middle. @throws ServiceError ExecutionDoesNotExist */
  async stop(arn: string, error: string | undefined, cause: string | undefined): Promise<Description> {
    this.describe(arn);
    const execution = this.#running.get(arn);
    execution?.stop(error, cause);
    await execution?.settled;
    return this.describe(arn);
  }

  /** Leaves what runs for the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const execution of running) execution.suspend();
    await Promise.all(running.map(({ settled }) => settled));
  }

  #isForgotten(end: End | undefined): boolean {
    return end !== undefined && end.stoppedAt < this.#clock.now() - rememberedMilliseconds;
  }

  async #remember(path: string, chronicle: Chronicle): Promise<void> {
    const { beginning, end } = chronicle;
    const arn = executionArn(beginning.machineArn, beginning.name);
    this.#executions.set(arn, { arn, beginning, end });
    if (end !== undefined) return;
    if (!this.#definitions.has(beginning.machineArn)) {
      this.#options.log(`The execution ${arn} waits: its state machine is not in the stack any more.`);
      return;
    }
    this.#run(chronicle, await Journal.resume(path));
  }

  #run({ beginning, reached }: Chronicle, journal: Journal): void {
    const { call, log } = this.#options;
    const arn = executionArn(beginning.machineArn, beginning.name);
    const definition = this.#definition(beginning.machineArn);
    const execution = new Execution({ definition, beginning, arn, reached, journal, call, clock: this.#clock });
    this.#running.set(arn, execution);
    execution.settled
      .catch((error: unknown) => log(`The execution ${arn} could not be kept: ${String(error)}`))
      .then(() => {
        this.#running.delete(arn);
        const { end } = execution;
        this.#executions.set(arn, { arn, beginning, end });
        if (end !== undefined && end.status !== 'SUCCEEDED')
          log(`The execution ${arn} ended: ${end.status} ${end.error ?? ''}`);
      });
  }

  #definition(machineArn: string): Definition {
    const definition = this.#definitions.get(machineArn);
    if (definition !== undefined) return definition;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  }

  #path({ machineArn, name }: Beginning): string {
    return join(this.#options.folder, `${machineArn.split(':').at(-1)}.${name}.jsonl`);
  }
}

function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

function sameOr(existing: Description, input: unknown): Description {
  if (existing.end === undefined && isDeepStrictEqual(existing.beginning.input, input)) return existing;
  throw alreadyExists(existing.arn);
}

function alreadyExists(arn: string): ServiceError {
  return new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}
