import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storedFileKey } from '../../../shared/store/keys.ts';
import { FileRows } from '../../../shared/stored-files/file-rows.ts';
import type { StoredFile } from '../../../shared/stored-files/stored-file.ts';
import {
  isFileId,
  isPartId,
  isUploadId,
  newFileId,
  newPartId,
  newUploadId,
} from '../../../shared/stored-files/stored-ids.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

const start = Date.UTC(2026, 10, 21);

let server: DynaliteServer;
let opened: TestTable;
let now: number;
let rows: FileRows;
beforeAll(async () => {
  server = await startDynalite();
});
beforeEach(async () => {
  opened = await server.newTable();
  now = start;
  rows = new FileRows(opened.table, () => now);
});
afterAll(() => server.close());

function fileAt(createdAt: number, more: Partial<StoredFile> = {}): StoredFile {
  const id = newFileId(createdAt);
  return {
    id,
    name: 'a.txt',
    bytes: 5,
    purpose: 'user_data',
    mediaType: 'text/plain',
    sha256: 'ab',
    createdAt,
    expiresAt: createdAt + 3_600_000,
    status: 'uploaded',
    place: { type: 'bucket', key: `files/one/${id}` },
    ...more,
  };
}

async function stored(more: Partial<StoredFile> = {}): Promise<StoredFile> {
  const file = fileAt(now, more);
  expect(await rows.create('one', file)).toBe(true);
  return file;
}

describe('ids', () => {
  it('sort as they were made, and are told apart', () => {
    expect([newFileId(start + 1), newFileId(start)].sort()[0]?.slice(0, 17)).toBe(newFileId(start).slice(0, 17));
    expect([newFileId(1), newUploadId(1), newPartId(1)].map(isFileId)).toEqual([true, false, false]);
    expect([newFileId(1), newUploadId(1), newPartId(1)].map(isUploadId)).toEqual([false, true, false]);
    expect([newFileId(1), newUploadId(1), newPartId(1)].map(isPartId)).toEqual([false, false, true]);
    expect([`${newFileId(1)}0`, '', 'file-', '../file-1'].some(isFileId)).toBe(false);
  });
});

describe('a file', () => {
  it('is found by its caller, and by nobody else', async () => {
    const file = await stored();
    expect(await rows.find('one', file.id)).toEqual(file);
    expect(await rows.find('two', file.id)).toBeUndefined();
    expect(await rows.find('one', newFileId(now))).toBeUndefined();
  });

  it('in an account keeps the upstream’s words, whatever they are', async () => {
    const reference = {
      id: 'x',
      url: 'https://a.example/b?c',
      file: { meta: { size: 5, name: null } },
      list: [1, 'é'],
    };
    const file = await stored({ place: { type: 'account', accountId: 'a', reference }, sha256: undefined });
    expect(await rows.find('one', file.id)).toMatchObject({ place: { type: 'account', accountId: 'a', reference } });
  });

  it('is over at its time, whatever DynamoDB still holds', async () => {
    const file = await stored();
    now = file.expiresAt - 1;
    expect(await rows.find('one', file.id)).toBeDefined();
    now = file.expiresAt;
    expect(await rows.find('one', file.id)).toBeUndefined();
    expect(await rows.list('one', { limit: 9, order: 'desc' })).toEqual([]);
    expect((await opened.table.get(storedFileKey('one', file.id)))?.ttl).toBe(Math.ceil(file.expiresAt / 1000));
  });

  it('is made once: neither another nor a deleted one is written over', async () => {
    const file = await stored();
    expect(await rows.create('one', { ...file, name: 'b.txt' })).toBe(false);
    expect(await rows.remove('one', file.id)).toEqual(file);
    expect(await rows.create('one', file)).toBe(false);
    expect(await rows.find('one', file.id)).toBeUndefined();
    expect(await rows.remove('one', file.id)).toBeUndefined();
    expect(JSON.stringify(await opened.table.get(storedFileKey('one', file.id)))).not.toContain('a.txt');
  });

  it('is changed only while it is as it was read', async () => {
    const file = await stored({ status: 'pending' });
    expect(await rows.update('one', file, { status: 'uploaded', sha256: 'cd' })).toBe(true);
    expect(await rows.find('one', file.id)).toMatchObject({ status: 'uploaded', sha256: 'cd' });
    expect(await rows.update('one', file, { status: 'uploaded' })).toBe(false);
    await rows.remove('one', file.id);
    expect(await rows.update('one', { ...file, status: 'uploaded' }, { status: 'uploaded' })).toBe(false);
    expect(await rows.find('one', file.id)).toBeUndefined();
  });

  it('that is deleted while it changes is deleted', async () => {
    const file = await stored({ status: 'pending' });
    const [removed] = await Promise.all([
      rows.remove('one', file.id),
      rows.update('one', file, { status: 'uploaded' }),
      rows.update('one', file, { status: 'uploaded' }),
    ]);
    expect(removed?.id).toBe(file.id);
    expect(await rows.find('one', file.id)).toBeUndefined();
  });

  it.each([
    { place: { type: 'moon' } },
    { place: { type: 'account', accountId: 'a', reference: '[1]' } },
    { place: { type: 'account', accountId: 'a', reference: '{' } },
    { bytes: 'five' },
    { status: 'lost' },
  ])('whose row makes no sense is none: %j', async (broken) => {
    const file = await stored();
    await opened.table.update(storedFileKey('one', file.id), { set: broken });
    expect(await rows.find('one', file.id)).toBeUndefined();
  });
});

describe('the list of files', () => {
  it('goes page by page in both orders, without those that are gone, by purpose when asked', async () => {
    const files: StoredFile[] = [];
    for (let index = 0; index < 7; index += 1) {
      now = start + index;
      files.push(await stored({ purpose: index % 2 === 0 ? 'vision' : 'batch' }));
    }
    await rows.remove('one', files[3]?.id ?? '');
    await rows.create('two', fileAt(now));
    const kept = files.filter((_, index) => index !== 3).map(({ id }) => id);
    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      for (;;) {
        const page = await rows.list('one', { limit: 2, order, after: seen.at(-1) });
        if (page.length === 0) break;
        seen.push(...page.map(({ id }) => id));
      }
      expect(seen).toEqual(order === 'asc' ? kept : kept.toReversed());
    }
    const vision = await rows.list('one', { limit: 9, order: 'asc', purpose: 'vision' });
    expect(vision.map(({ id }) => id)).toEqual([0, 2, 4, 6].map((index) => files[index]?.id));
  });

  it('looks behind pages of rows that are over', async () => {
    const last = await stored({ expiresAt: start + 1e9 });
    await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        rows.create('one', fileAt(start + 1 + index, { expiresAt: start + 1 })),
      ),
    );
    now = start + 1000;
    expect((await rows.list('one', { limit: 1, order: 'desc' })).map(({ id }) => id)).toEqual([last.id]);
  });
});
