import { InvalidSettingsError } from '../shared/read-settings.ts';
import { banner } from './banner.ts';
import { LocalRuntimeError } from './local-runtime-error.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from './runtime.ts';

/** npm passes the terminal's Ctrl-C on, so that one key press comes as two signals. */
const samePressMilliseconds = 500;

/** Milliseconds between two words of the simulator, so that a person sees them come. */
const readingPace = 20;

/** Runs the gateway with the owner's settings until Ctrl-C or SIGTERM; a second one forces the end. */
export async function runUntilSignal(options: Pick<RuntimeOptions, 'mode' | 'watch'>): Promise<void> {
  outliveReaders();
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const starting = startRuntime({ ...options, env: ownerEnvironment(), log, simulator: { chunkDelayMs: readingPace } });
  endOnSignal(starting, log);
  try {
    // Time since the process began, which is what the owner waits for.
    log(banner(await starting, process.uptime()));
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}

/** Whoever read the log may go away, as `head` does. That is no fault of the gateway, and telling would be another. */
function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
}

function endOnSignal(starting: Promise<Runtime>, log: (line: string) => void): void {
  let signalledAt: number | undefined;
  const end = () => {
    const now = performance.now();
    if (signalledAt !== undefined) {
      if (now - signalledAt > samePressMilliseconds) process.exit(1);
      return;
    }
    signalledAt = now;
    log('Ending ...');
    starting
      .then((runtime) => runtime.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(explain(error));
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** One line for what the owner can mend; a stack for what they can't. */
export function explain(error: unknown): string {
  if (error instanceof LocalRuntimeError || error instanceof InvalidSettingsError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
