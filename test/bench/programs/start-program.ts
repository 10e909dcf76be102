import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const announcement = z.object({ url: z.string() });
/** As the gateway has it: without it, the compiler of types would be in every program's memory. */
const compileCache = fileURLToPath(new URL('../../../local/compile-cache.mjs', import.meta.url));

/** A server of the benchmark, in a process of its own. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

/**
 * Runs a program that calls `announce`.
 *
 * @param file beside or below this folder's parent, as in `upstream/main.ts`.
 * @throws Error when it ends before it has announced itself.
 */
export async function startProgram(file: string, ...parameters: readonly string[]): Promise<Program> {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), parameters, {
    execArgv: ['--import', compileCache],
  });
  const [message]: unknown[] = await firstMessage(child, file);
  return { url: announcement.parse(message).url, pid: pidOf(child), close: () => endProgram(child) };
}

/** @throws Error when the process could not be started. */
export function pidOf({ pid, spawnfile }: ChildProcess): number {
  if (pid === undefined) throw new Error(`${spawnfile} could not be started.`);
  return pid;
}

/** Ends a process of ours and waits until it is gone. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** @returns the arguments of the event that brings the child's next message. @throws Error when the child ends first. */
export function firstMessage(child: ChildProcess, name: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error(`${name} ended before it answered.`));
    child.once('exit', failed);
    child.once('message', (...event) => {
      child.off('exit', failed);
      resolve(event);
    });
  });
}
