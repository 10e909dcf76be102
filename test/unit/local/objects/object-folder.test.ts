import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ObjectFolder } from '../../../../local/objects/object-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const day = 24 * 3600 * 1000;

async function keep(folder: ObjectFolder, key: string): Promise<void> {
  const draft = await folder.draft();
  await draft.write(Buffer.from(key));
  await draft.keep(folder.place('bucket', key), { key, mediaType: 'text/plain', etag: '' });
}

async function has(folder: ObjectFolder, key: string): Promise<boolean> {
  const file = await folder.find('bucket', key);
  await file?.close();
  return file !== undefined;
}

describe('the folder of objects', () => {
  it('forgets objects when their time is over, each kind at its own', async () => {
    const folder = await ObjectFolder.open(await temporaryFolder());
    const now = Date.now();
    const ages = { 'results/young': 6, 'results/old': 8, 'files/younger': 8, 'other/old': 100 };
    for (const [key, days] of Object.entries(ages)) {
      await keep(folder, key);
      const time = new Date(now - days * day);
      await utimes(folder.place('bucket', key), time, time);
    }
    const lifetimes = [
      { prefix: 'results/', days: 7 },
      { prefix: 'files/', days: 30 },
    ];
    expect(await folder.expire(lifetimes, now)).toBe(1);
    expect(await has(folder, 'results/old')).toBe(false);
    for (const key of ['results/young', 'files/younger', 'other/old']) expect(await has(folder, key)).toBe(true);
  });

  it('knows its objects again, and throws away what was half done', async () => {
    const path = await temporaryFolder();
    const killed = await ObjectFolder.open(path);
    await keep(killed, 'files/whole');
    const draft = await killed.draft();
    await draft.write(Buffer.from('half'));
    const reopened = await ObjectFolder.open(path);
    expect(await has(reopened, 'files/whole')).toBe(true);
    await expect(
      draft.keep(reopened.place('bucket', 'files/half'), { key: 'files/half', mediaType: '', etag: '' }),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lies in itself, whatever a key says', async () => {
    const path = join(await temporaryFolder(), 'objects');
    const folder = await ObjectFolder.open(path);
    for (const key of ['../../a', '..', '/etc/passwd', 'a/../../b', '..%2f', 'C:\\x', '\0']) {
      expect(folder.place('bucket', key).startsWith(join(path, 'objects'))).toBe(true);
    }
  });
});
