import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashSources } from '../../../../local/assembly/source-hash.ts';
import { Stamp } from '../../../../local/assembly/stamp.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe('the hash of sources', () => {
  let root = '';
  const hash = () => hashSources(root, ['source', 'lock.json', 'missing']);

  beforeEach(async () => {
    root = await temporaryFolder();
    await mkdir(join(root, 'source', 'deep'), { recursive: true });
    await writeFile(join(root, 'source', 'a.ts'), 'a');
    await writeFile(join(root, 'source', 'deep', 'b.ts'), 'b');
    await writeFile(join(root, 'lock.json'), '{}');
    await writeFile(join(root, 'unrelated'), 'x');
  });

  it('stays when nothing but times and other files change', async () => {
    const before = await hash();
    await utimes(join(root, 'source', 'a.ts'), 1, 1);
    await writeFile(join(root, 'unrelated'), 'y');
    expect(await hash()).toBe(before);
  });

  it.each([
    ['a content', () => writeFile(join(root, 'source', 'deep', 'b.ts'), 'c')],
    ['a single file', () => writeFile(join(root, 'lock.json'), '{ }')],
    ['a name', () => rename(join(root, 'source', 'a.ts'), join(root, 'source', 'z.ts'))],
    ['a new file', () => writeFile(join(root, 'source', 'new.ts'), '')],
    ['what was missing', () => writeFile(join(root, 'missing'), '')],
    [
      'a border between two files',
      async () => {
        await writeFile(join(root, 'source', 'a.ts'), 'ab');
        await writeFile(join(root, 'source', 'deep', 'b.ts'), '');
      },
    ],
  ])('changes with %s', async (_what, change) => {
    const before = await hash();
    await change();
    expect(await hash()).not.toBe(before);
  });
});

describe('a stamp', () => {
  it('fits the sources and outputs that it was written for', async () => {
    const folder = await temporaryFolder();
    const output = join(folder, 'output');
    const stamp = new Stamp(join(folder, 'stamp'), [output]);
    expect(await stamp.fits('hash')).toBe(false);
    await writeFile(output, 'made');
    await stamp.write('hash');
    expect(await stamp.fits('hash')).toBe(true);
    expect(await stamp.fits('other')).toBe(false);
    await writeFile(output, 'made by somebody else');
    expect(await stamp.fits('hash')).toBe(false);
  });

  it('is not written for an output that is missing', async () => {
    const folder = await temporaryFolder();
    await expect(new Stamp(join(folder, 'stamp'), [join(folder, 'output')]).write('hash')).rejects.toThrow('ENOENT');
  });
});
