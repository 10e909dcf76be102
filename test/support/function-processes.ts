import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';

/** Node tells here of every child process that it is about to start. */
const channel = 'child_process';

/** The processes in which the functions of mode `dev` run, as this process starts them. */
export class FunctionProcesses {
  readonly #starts = new EventEmitter<{ start: [ChildProcess] }>();
  readonly #running = new Set<ChildProcess>();

  constructor() {
    subscribe(channel, this.#onProcess);
  }

  /** Resolves with the next one. */
  async next(): Promise<ChildProcess> {
    const [child] = await once(this.#starts, 'start');
    return child;
  }

  /** Kills all of them that run now. Resolves when they are gone. */
  async killAll(): Promise<void> {
    await Promise.all([...this.#running].map(kill));
  }

  /** Ends watching; the processes go on. */
  close(): void {
    unsubscribe(channel, this.#onProcess);
  }

  readonly #onProcess = (message: unknown): void => {
    const child = processOf(message);
    child?.once('spawn', () => {
      if (!child.spawnargs.some((word) => word.endsWith('runtime-client.mjs'))) return;
      this.#running.add(child);
      child.once('exit', () => this.#running.delete(child));
      this.#starts.emit('start', child);
    });
  };
}

/** Kills a process. Resolves when it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function processOf(message: unknown): ChildProcess | undefined {
  if (typeof message !== 'object' || message === null || !('process' in message)) return undefined;
  return message.process instanceof ChildProcess ? message.process : undefined;
}
