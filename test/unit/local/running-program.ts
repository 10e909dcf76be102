import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { projectRoot } from '../../../local/assembly/project-root.ts';
import { watchProgram } from '../../support/secret-watch/watch-program.ts';

export interface RunningProgram {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the first line, past or to come, of stdout or stderr that matches; rejects when the program ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves with its exit code and signal. */
  readonly ended: Promise<unknown[]>;
}

/** Starts one of the programs in `local/`, with these settings and no others. */
export function runProgram(
  name: string,
  settings: Readonly<Record<string, string>>,
  commandLine: readonly string[] = [],
): RunningProgram {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--import', './local/check-node.mjs', `local/${name}.ts`, ...commandLine], {
    cwd: projectRoot,
    env: {
      PATH,
      QWEN_TOKEN: '',
      QWEN_TOKENS: '',
      ACCOUNTS: '',
      API_KEY: '',
      API_KEYS: '',
      QWEN_CHAT_PROXY_URL: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const watch = watchProgram(name, settings);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await watch.end();
  });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      watch.line(line);
      for (const watcher of watchers) watcher();
    });
  }
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((candidate) => pattern.test(candidate));
        if (found !== undefined) resolve(found);
      };
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`${name} ended without ${pattern}:\n${lines.join('\n')}`)));
    });
  return { process: child, lines, line, ended };
}
