import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { beforeEach, it, onTestFinished } from 'vitest';
import { FolderWatcher } from '../../../../local/lambda/folder-watcher.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let root = '';
let seen: string[] = [];
let look: () => void = () => {};

beforeEach(async () => {
  root = await temporaryFolder();
  await mkdir(join(root, 'deep'));
  await writeFile(join(root, 'deep', 'source.ts'), 'a');
  seen = [];
  const watcher = new FolderWatcher([root], (path) => {
    seen.push(relative(root, path));
    look();
  });
  onTestFinished(() => watcher.close());
});

/** Resolves when a change of this path has been told since the last call. */
async function told(path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    look = () => {
      if (seen.includes(path)) resolve();
    };
    look();
  });
}

/** Lets all that was told so far be forgotten: events of one folder come in order. */
async function forget(folder: string): Promise<void> {
  const mark = join(folder, `mark-${Math.random()}`);
  await writeFile(join(root, mark), '');
  await told(mark);
  seen = [];
}

it('tells of a file that is written into, also after it was replaced', async () => {
  await appendFile(join(root, 'deep', 'source.ts'), 'b');
  await told('deep/source.ts');
  await writeFile(join(root, 'deep', 'draft'), 'c');
  await forget('deep');
  await rename(join(root, 'deep', 'draft'), join(root, 'deep', 'source.ts'));
  await told('deep/source.ts');
  await forget('deep');
  await appendFile(join(root, 'deep', 'source.ts'), 'd');
  await told('deep/source.ts');
});

it('tells of files in folders that are new, and goes on when folders are gone', async () => {
  await mkdir(join(root, 'new'));
  await told('new');
  await writeFile(join(root, 'new', 'source.ts'), '');
  await told('new/source.ts');
  await rm(join(root, 'new'), { recursive: true });
  await told('new');
  await forget('.');
  await appendFile(join(root, 'deep', 'source.ts'), 'b');
  await told('deep/source.ts');
});
