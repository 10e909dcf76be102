import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { isErrno } from './is-errno.ts';
import { LockHeldError, lockHolder, takeLock } from './lock-file.ts';

/** Tells a state folder from any other, so that a reset can't remove a home directory. */
const markerName = 'qwen-gateway-state';
const lockName = 'lock';

export interface StateFolder {
  readonly path: string;
  /** Gives the folder back to the next runtime. */
  release(): Promise<void>;
}

/**
 * Makes the folder when it is missing, readable by its owner only, and keeps other runtimes out of it.
 *
 * @throws LocalRuntimeError when another runtime uses it.
 */
export async function openStateFolder(folder: string): Promise<StateFolder> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const lock = join(path, lockName);
  try {
    const release = await takeLock(lock);
    await writeFile(join(path, markerName), 'State of a qwen-gateway on this machine. Removed by: npm run reset\n');
    return { path, release };
  } catch (error) {
    if (error instanceof LockHeldError) throw inUse(path, lock, error.holder);
    throw error;
  }
}

/**
 * Removes a state folder with all accounts, keys and tables in it.
 *
 * @returns false when there was none.
 * @throws LocalRuntimeError when a runtime uses it, or when no runtime made it.
 */
export async function removeStateFolder(folder: string): Promise<boolean> {
  const path = resolve(folder);
  if (!(await exists(path))) return false;
  if (!(await exists(join(path, markerName)))) {
    throw new LocalRuntimeError(`${path} was not made by this runtime, so it is left alone. Check STATE_FOLDER.`);
  }
  const lock = join(path, lockName);
  const holder = await lockHolder(lock);
  if (holder !== undefined) throw inUse(path, lock, holder);
  await rm(path, { recursive: true, force: true });
  return true;
}

function inUse(path: string, lock: string, holder: number): LocalRuntimeError {
  return new LocalRuntimeError(
    `Process ${holder} uses ${path}. Stop it first, or set STATE_FOLDER to another folder. (If that is no gateway, remove ${lock}.)`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
