import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { isErrno } from './is-errno.ts';

/** A lock that another living process holds. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';
  readonly holder: number;

  constructor(path: string, holder: number) {
    super(`Process ${holder} holds ${path}.`);
    this.holder = holder;
  }
}

/**
 * Takes a lock file that holds the process id. A lock whose process is dead is taken over.
 *
 * @returns gives the lock back.
 * @throws LockHeldError
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  // Written aside and linked, so that nobody can read a lock without its process id.
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, `${process.pid}\n`);
  try {
    for (;;) {
      if (await tryLink(draft, path)) return () => rm(path, { force: true });
      const holder = await lockHolder(path);
      if (holder !== undefined) throw new LockHeldError(path, holder);
      await rm(path, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The living process that holds a lock, `undefined` when nobody does. */
export async function lockHolder(path: string): Promise<number | undefined> {
  try {
    const holder = Number.parseInt(await readFile(path, 'utf8'), 10);
    return isAlive(holder) ? holder : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId)) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}
