import { explain } from '../run-until-signal.ts';
import { CommandError, exitCodes } from './command-error.ts';

/** Runs a program's one command; its end tells the process what to end with. */
export async function runCommand(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : explain(error));
    process.exitCode = error instanceof CommandError ? error.exitCode : exitCodes.refused;
  }
}
