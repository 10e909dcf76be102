import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FunctionSpec } from '../../shared/routes.ts';

import { reportLine } from './report-line.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { Work } from './work.ts';

const client = fileURLToPath(new URL('./runtime-client.mjs', import.meta.url));
/** Lambda's limit for loading a function's code. */
const initSeconds = 10;

export interface EnvironmentOptions {
  readonly name: string;
  /** Holds `index.mjs`. */
  readonly folder: string;
  readonly spec: FunctionSpec;
  readonly variables: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** The environment has done its work and waits for more. */
  readonly onIdle: (environment: ExecutionEnvironment) => void;
  /** Its process is gone. */
  readonly onEnd: (environment: ExecutionEnvironment) => void;
}

/** One process that runs one function, one request at a time. */
export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #api: RuntimeApi;
  readonly #startedAt = performance.now();
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #invocation: Work | undefined;
  #invokedAt = 0;
  #initDuration: number | undefined;
  #initialised = false;
  #expiry: NodeJS.Timeout | undefined;
  #status: 'timeout' | 'error' | undefined;
  #killed = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#api = new RuntimeApi(options.name, {
      ready: (maxRssKilobytes) => this.#ready(maxRssKilobytes),
      initFailed: (error) => this.#initFailed(error),
    });
  }

  /** Starts the process, and gives it its first work as soon as it has loaded its code. */
  async start(invocation: Work): Promise<void> {
    this.#invocation = invocation;
    const address = await this.#api.listen();
    if (this.#killed) {
      this.#end(null, 'SIGKILL');
      return;
    }
    const { folder, spec, variables } = this.#options;
    this.#expire(initSeconds);
    const child = fork(client, {
      cwd: folder,
      env: { ...lambdaVariables(this.#options, address), ...variables },
      // Lambda leaves a tenth of the memory to all that is not heap.
      execArgv: [`--max-old-space-size=${Math.floor(spec.memoryMegabytes * 0.9)}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#ended = once(child, 'exit').then(
      ([code, signal]: unknown[]) => this.#end(code, signal),
      (error: unknown) => this.#end(error, null),
    );
    for (const output of [child.stdout, child.stderr]) if (output !== null) this.#tag(output);
  }

  /** Gives more work to an idle environment. */
  invoke(invocation: Work): void {
    this.#invocation = invocation;
    this.#deliver(invocation);
  }

  /** Ends the process at once. @returns when it is gone. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  #ready(maxRssKilobytes: number | undefined): void {
    const invocation = this.#invocation;
    if (this.#initialised) {
      this.#report(maxRssKilobytes);
      this.#invocation = undefined;
      this.#options.onIdle(this);
      return;
    }
    this.#initialised = true;
    this.#initDuration = performance.now() - this.#startedAt;
    if (invocation !== undefined) this.#deliver(invocation);
  }

  #deliver(invocation: Work): void {
    const { timeoutSeconds } = this.#options.spec;
    this.#invokedAt = performance.now();
    this.#status = undefined;
    this.#expire(timeoutSeconds);
    this.#api.deliver(invocation, Date.now() + timeoutSeconds * 1000);
  }

  #expire(seconds: number): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => {
      this.#status = 'timeout';
      this.#invocation?.timeOut(seconds);
      this.#child?.kill('SIGKILL');
    }, seconds * 1000);
  }

  #initFailed(error: string): void {
    this.#status = 'error';
    this.#invocation?.fail(`could not be loaded: ${error}`);
  }

  #end(code: unknown, signal: unknown): void {
    clearTimeout(this.#expiry);
    this.#api.close();
    if (this.#invocation !== undefined) {
      // A time-out and a failed start have been told already.
      if (this.#status === undefined) this.#invocation.fail(`its environment ended (${signal ?? `exit code ${code}`})`);
      this.#status ??= 'error';
      this.#report(undefined);
    }
    this.#options.onEnd(this);
  }

  #report(maxRssKilobytes: number | undefined): void {
    clearTimeout(this.#expiry);
    const line = reportLine({
      requestId: this.#invocation?.id ?? '',
      duration: performance.now() - (this.#initialised ? this.#invokedAt : this.#startedAt),
      memoryMegabytes: this.#options.spec.memoryMegabytes,
      maxMemoryMegabytes: maxRssKilobytes === undefined ? undefined : Math.ceil(maxRssKilobytes / 1024),
      initDuration: this.#initDuration,
      ...(this.#status === undefined ? {} : { status: this.#status }),
    });
    this.#initDuration = undefined;
    this.#options.log(line);
  }

  #tag(output: Readable): void {
    createInterface({ input: output }).on('line', (line) => this.#options.log(line));
  }
}

/** The variables that Lambda gives every function. */
function lambdaVariables({ name, folder, spec }: EnvironmentOptions, address: string): Record<string, string> {
  const { PATH = '', TMPDIR = '/tmp' } = process.env;
  return {
    PATH,
    TMPDIR,
    TZ: ':UTC',
    _HANDLER: 'index.handler',
    LAMBDA_TASK_ROOT: folder,
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  };
}
