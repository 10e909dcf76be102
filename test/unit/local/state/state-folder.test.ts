import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LockHeldError, lockHolder, takeLock } from '../../../../local/state/lock-file.ts';
import { openStateFolder, removeStateFolder } from '../../../../local/state/state-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The id of a process that is no more. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('a lock', () => {
  it('is held by one, and free again afterwards', async () => {
    const path = join(await temporaryFolder(), 'lock');
    const release = await takeLock(path);
    expect(await lockHolder(path)).toBe(process.pid);
    await expect(takeLock(path)).rejects.toThrow(LockHeldError);
    await release();
    expect(await lockHolder(path)).toBeUndefined();
    await (await takeLock(path))();
  });

  it('of a dead process, or without sense, is taken over', async () => {
    const path = join(await temporaryFolder(), 'lock');
    for (const content of [`${await deadProcess()}\n`, 'nonsense']) {
      await writeFile(path, content);
      const release = await takeLock(path);
      expect(await lockHolder(path)).toBe(process.pid);
      await release();
    }
  });

  it('goes to one of many who ask at once, and leaves nothing else behind', async () => {
    const folder = await temporaryFolder();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(join(folder, 'lock'))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['lock']);
  });
});

describe('a state folder', () => {
  it('is made for its owner alone, and used by one runtime', async () => {
    const path = join(await temporaryFolder(), 'deep', 'state');
    const folder = await openStateFolder(path);
    expect((await stat(path)).mode & 0o077).toBe(0);
    await expect(openStateFolder(path)).rejects.toThrow(`Process ${process.pid} uses ${path}`);
    await folder.release();
    await (await openStateFolder(path)).release();
  });

  it('is removed, unless a runtime uses it', async () => {
    const path = join(await temporaryFolder(), 'state');
    const folder = await openStateFolder(path);
    await expect(removeStateFolder(path)).rejects.toThrow('Stop it first');
    await folder.release();
    expect(await removeStateFolder(path)).toBe(true);
    expect(await removeStateFolder(path)).toBe(false);
  });

  it('that is none of ours stays', async () => {
    const path = join(await temporaryFolder(), 'home');
    await mkdir(path);
    await writeFile(join(path, 'photo'), '');
    await expect(removeStateFolder(path)).rejects.toThrow('Check STATE_FOLDER');
    expect(await readdir(path)).toEqual(['photo']);
  });
});
