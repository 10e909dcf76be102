import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { threadKey } from '../../../shared/store/keys.ts';
import { ThreadStore } from '../../../shared/threads/thread-store.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

const hour = 3_600_000;
let dynalite: DynaliteServer;
let test: TestTable;
let threads: ThreadStore;
let time: number;
const endAt = (dueAt: number) => ({
  callerId: 'key',
  accountId: 'account',
  chatId: 'chat',
  responseId: 'response',
  callFormat: 'tag' as const,
  dueAt,
});

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  test = await dynalite.newTable();
  time = 1_800_000_000_000;
  threads = new ThreadStore(test.table, () => time);
});
afterAll(() => dynalite.close());

describe('ThreadStore', () => {
  it('gives an end to one of many who want it, and to nobody afterwards', async () => {
    const end = endAt(time + hour);
    await threads.put('hash', end);
    const wanted = Array.from({ length: 8 }, () => threads.take('hash', 'key'));
    const taken = (await Promise.all(wanted)).filter((one) => one !== undefined);
    expect(taken).toEqual([end]);
    expect(await threads.take('hash', 'key')).toBeUndefined();
  });

  it('costs one call to take, and one to put', async () => {
    await threads.put('hash', endAt(time + hour));
    await threads.take('hash', 'key');
    await threads.take('nothing', 'key');
    expect(test.sent).toEqual(['PutItemCommand', 'DeleteItemCommand', 'DeleteItemCommand']);
  });

  it('keeps an end from other callers', async () => {
    await threads.put('hash', endAt(time + hour));
    expect(await threads.take('hash', 'other')).toBeUndefined();
    expect(await threads.take('hash', 'key')).toBeDefined();
  });

  it('gives none whose chat may be deleted already', async () => {
    await threads.put('hash', endAt(time));
    expect(await threads.take('hash', 'key')).toBeUndefined();
  });

  it('gives none that it does not understand, and lets the table delete old ones', async () => {
    await threads.put('hash', endAt(time + hour));
    expect((await test.table.get(threadKey('hash')))?.ttl).toBe((time + hour) / 1000);
    await test.table.update(threadKey('hash'), { set: { callFormat: 'newer' } });
    expect(await threads.take('hash', 'key')).toBeUndefined();
  });
});
