import type { FunctionSpec } from '../../shared/routes.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { Work } from './work.ts';

/** More requests at once than this wait: a laptop can't start processes without end, as AWS can. */
const mostEnvironments = 32;
const idleMilliseconds = 300_000;

export interface PoolOptions {
  readonly name: string;
  readonly folder: string;
  readonly spec: FunctionSpec;
  readonly variables: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** The execution environments of one function. */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #all = new Set<ExecutionEnvironment>();
  /** The one used last is used next, so that the others may go. */
  readonly #idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #retired = new Set<ExecutionEnvironment>();
  readonly #queue: Work[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  invoke(invocation: Work): void {
    const idle = [...this.#idle.keys()].at(-1);
    if (idle !== undefined) {
      this.#wake(idle);
      idle.invoke(invocation);
    } else if (this.#all.size < mostEnvironments) this.#start(invocation);
    else this.#queue.push(invocation);
  }

  /** Ends idle environments now and busy ones after their request: their code is old. */
  retire(): void {
    for (const environment of this.#all) {
      if (this.#idle.has(environment)) this.#dismiss(environment);
      else this.#retired.add(environment);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const invocation of this.#queue.splice(0)) invocation.fail('was still waiting when the runtime ended');
    await Promise.all([...this.#all].map((environment) => environment.kill()));
  }

  #start(invocation: Work): void {
    const environment = new ExecutionEnvironment({
      ...this.#options,
      onIdle: () => this.#makeIdle(environment),
      onEnd: () => this.#forget(environment),
    });
    this.#all.add(environment);
    environment.start(invocation).catch((error: unknown) => {
      this.#forget(environment);
      invocation.fail(`its environment could not be started: ${String(error)}`);
    });
  }

  #makeIdle(environment: ExecutionEnvironment): void {
    const next = this.#retired.has(environment) ? undefined : this.#queue.shift();
    if (next !== undefined) environment.invoke(next);
    else if (this.#retired.has(environment)) void environment.kill();
    else this.#idle.set(environment, setTimeout(() => this.#dismiss(environment), idleMilliseconds).unref());
  }

  #wake(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idle.get(environment));
    this.#idle.delete(environment);
  }

  /** No request may get it any more, though its process takes a moment to end. */
  #dismiss(environment: ExecutionEnvironment): void {
    this.#wake(environment);
    void environment.kill();
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#wake(environment);
    this.#all.delete(environment);
    this.#retired.delete(environment);
    const next = this.#closed ? undefined : this.#queue.shift();
    if (next !== undefined) this.#start(next);
  }
}
