import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CommandError, exitCodes } from './command-error.ts';

/**
 * Reads a file whole; `-` is standard input.
 *
 * @throws CommandError when it can't be read.
 */
export async function readInput(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (cause) {
    throw new CommandError(`${path} can't be read.`, exitCodes.usage, { cause });
  }
}

/** A secret out of a file, without the line break at its end. `undefined` without a path. */
export async function readSecret(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : (await readInput(path)).replace(/\r?\n$/, '');
}
