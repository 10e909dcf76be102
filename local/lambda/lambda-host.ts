import { join } from 'node:path';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import {
  type DeployedName,
  deployedFunctions,
  type FunctionName,
  type FunctionSpec,
  type WorkerName,
} from '../../shared/routes.ts';
import type { Answer } from '../front-door/answer.ts';
import type { FunctionHost } from '../front-door/function-host.ts';
import { FunctionPool } from './function-pool.ts';
import { Invocation } from './invocation.ts';
import { WorkerCall } from './worker-call.ts';

export interface LambdaHostOptions {
  /** Holds `<name>/index.mjs`. */
  readonly folder: string;
  /** What every function finds in its environment, beside what Lambda itself puts there. */
  readonly variables: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Limits by function; those of shared/routes.ts by default. */
  readonly specs?: Readonly<Partial<Record<DeployedName, FunctionSpec>>>;
}

/** Runs each request in a process of its own over the Lambda Runtime API: what AWS does. */
export class LambdaHost implements FunctionHost {
  readonly #options: LambdaHostOptions;
  readonly #pools = new Map<DeployedName, FunctionPool>();

  constructor(options: LambdaHostOptions) {
    this.#options = options;
  }

  invoke(name: FunctionName, event: LambdaFunctionURLEvent, answer: Answer): void {
    const { log } = this.#options;
    this.#pool(name).invoke(
      new Invocation(event.requestContext.requestId, JSON.stringify(event), answer, (line) => log(`[${name}] ${line}`)),
    );
  }

  call(name: WorkerName, event: unknown): Promise<unknown> {
    const { log } = this.#options;
    const call = new WorkerCall(event, (line) => log(`[${name}] ${line}`));
    this.#pool(name).invoke(call);
    return call.result;
  }

  /** New requests to these functions get environments with the code of now. */
  retire(names: readonly DeployedName[]): void {
    for (const name of names) this.#pools.get(name)?.retire();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }

  #pool(name: DeployedName): FunctionPool {
    const existing = this.#pools.get(name);
    if (existing !== undefined) return existing;
    const { folder, variables, log, specs } = this.#options;
    const pool = new FunctionPool({
      name,
      folder: join(folder, name),
      spec: specs?.[name] ?? deployedFunctions[name],
      variables,
      log: (line) => log(`[${name}] ${line}`),
    });
    this.#pools.set(name, pool);
    return pool;
  }
}
