import { spawn } from 'node:child_process';

export interface ProgramRun {
  /** `null` when it had to be ended. */
  readonly exitCode: number | null;
  /** What it printed, both streams in turn of their coming. */
  readonly output: string;
  readonly milliseconds: number;
}

export interface ProgramOptions {
  readonly arguments: readonly string[];
  readonly folder: string;
  /** All of its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** After so long it is ended, with everything that it started. */
  readonly longestMilliseconds: number;
}

/** Runs a program without input to its end. */
export async function runProgram(program: string, options: ProgramOptions): Promise<ProgramRun> {
  const begin = performance.now();
  const child = spawn(program, options.arguments, {
    cwd: options.folder,
    env: options.variables,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which can be ended as a whole.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const timer = setTimeout(() => endGroup(child.pid), options.longestMilliseconds);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  clearTimeout(timer);
  return { exitCode, output, milliseconds: performance.now() - begin };
}

function endGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
