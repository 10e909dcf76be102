import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TableDefinition } from '../assembly/table-definition.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { isStoreReply, type StoredBuckets, type StorePorts, type StoreReply, type StoreRequest } from './messages.ts';
import type { SeedReport } from './seed-report.ts';

const program = fileURLToPath(new URL('./store-child.ts', import.meta.url));
/** The gateway waits for the store when it starts. */
const compileCache = fileURLToPath(new URL('../compile-cache.mjs', import.meta.url));

/** How long closing its files may take. */
const closeMilliseconds = 5000;

/** Where the store listens, on loopback. */
export interface StoreAddress {
  readonly tableUrl: string;
  readonly parameterUrl: string;
  readonly objectUrl: string;
}

/**
 * The tables, the objects and the secret key, in a process of their own: what they cost does not slow down the process that relays
 * answers. A store that dies is started again on the same ports; its files survive.
 */
export class StoreProcess {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  #child: ChildProcess;
  #ports: StorePorts = { table: 0, parameter: 0, object: 0 };
  #schema: StoreRequest | undefined;
  #closing = false;
  #lastReply: Promise<unknown> = Promise.resolve();

  /** @param folder the state folder. */
  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#log = log;
    this.#child = this.#fork();
  }

  /** Starts to listen; to be called first. */
  async open(): Promise<void> {
    const reply = await this.#ask({ type: 'open', folder: this.#folder, ports: this.#ports });
    if (reply.type !== 'opened') throw unexpected(reply);
    this.#ports = reply.ports;
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  get address(): StoreAddress {
    const urlOf = (port: number) => `http://127.0.0.1:${port}`;
    const { table, parameter, object } = this.#ports;
    return { tableUrl: urlOf(table), parameterUrl: urlOf(parameter), objectUrl: urlOf(object) };
  }

  /**
   * @param variables the functions' TABLE_NAME and SECRET_KEY_PARAMETER, which seeding needs.
   * @param buckets need no making.
   */
  async createTables(
    tables: readonly TableDefinition[],
    variables: Readonly<Record<string, string>>,
    buckets: StoredBuckets = { names: [], lifetimes: [] },
  ): Promise<void> {
    this.#schema = { type: 'create-tables', tables, variables, buckets };
    await this.#ask(this.#schema);
  }

  /** Imports accounts and keys. @param environment holds the secret settings. */
  async seed(environment: Readonly<Record<string, string>>): Promise<SeedReport> {
    const reply = await this.#ask({ type: 'seed', environment });
    if (reply.type !== 'seeded') throw unexpected(reply);
    return reply.report;
  }

  /** @param accounts in the form of the setting ACCOUNTS. */
  async addSimulatorAccount(accounts: string): Promise<void> {
    await this.#ask({ type: 'add-simulator-account', accounts });
  }

  /** Whether there is any account, also one that came after the start. */
  async hasAccounts(): Promise<boolean> {
    const reply = await this.#ask({ type: 'count-accounts' });
    if (reply.type !== 'accounts-counted') throw unexpected(reply);
    return reply.count > 0;
  }

  /** Deletes expired items now; the store does so every minute by itself. @returns how many went. */
  async sweep(): Promise<number> {
    const reply = await this.#ask({ type: 'sweep' });
    if (reply.type !== 'swept') throw unexpected(reply);
    return reply.deleted;
  }

  async close(): Promise<void> {
    this.#closing = true;
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.disconnect();
    const expiry = setTimeout(() => child.kill('SIGKILL'), closeMilliseconds);
    await exited;
    clearTimeout(expiry);
  }

  #fork(): ChildProcess {
    const { PATH, HOME, TMPDIR } = process.env;
    const child = fork(program, {
      env: { PATH, HOME, TMPDIR },
      execArgv: ['--import', compileCache],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('exit', (code, signal) => this.#restart(code, signal));
    return child;
  }

  #restart(code: number | null, signal: NodeJS.Signals | null): void {
    // Without a port it has never run, and would fail again: whoever asked gets the error.
    if (this.#closing || this.#ports.table === 0) return;
    this.#log(`The store ended (${signal ?? `exit code ${code}`}); starting it again.`);
    this.#child = this.#fork();
    const reopened = this.#schema === undefined ? this.open() : this.open().then(() => this.#ask(this.#schema));
    reopened.catch((error: unknown) => this.#log(`The store could not be started again: ${String(error)}`));
  }

  /** Questions wait for each other: an answer does not say which one it belongs to. */
  #ask(request: StoreRequest | undefined): Promise<StoreReply> {
    const reply = this.#lastReply.then(() => this.#askNow(request));
    this.#lastReply = reply.catch(() => {});
    return reply;
  }

  async #askNow(request: StoreRequest | undefined): Promise<StoreReply> {
    const child = this.#child;
    const answered = new AbortController();
    const { signal } = answered;
    try {
      const reply = once(child, 'message', { signal });
      const ended = once(child, 'exit', { signal }).then(() => {
        throw new Error('The store ended before it answered.');
      });
      // An error of sending shows as the exit above.
      if (request !== undefined) child.send(request, () => {});
      const [message]: unknown[] = await Promise.race([reply, ended]);
      if (!isStoreReply(message)) throw new Error('The store answered something unknown.');
      if (message.type === 'failed') throw new LocalRuntimeError(message.message);
      return message;
    } finally {
      answered.abort();
    }
  }
}

function unexpected(reply: StoreReply): Error {
  return new Error(`The store answered ${reply.type} to another question.`);
}
