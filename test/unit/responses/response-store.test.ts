import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseContent } from '../../../shared/responses/response-content.ts';
import { ResponseStore } from '../../../shared/responses/response-store.ts';
import { responseHeadKey } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const day = 24 * 3600 * 1000;
const key = { callerId: 'key-1', id: 'resp_1' };

function contentOf(status: string, more: object = {}): ResponseContent {
  return { response: { id: key.id, status, output: [] }, input: [{ type: 'message', id: 'msg_1' }], ...more };
}

/** A store on a table in memory, at a time that the test sets. */
function openStore(keepDays = 30) {
  const clock = { now: 1_795_000_000_000 };
  const table = new MemoryTable();
  return { clock, table, store: new ResponseStore(table, keepDays, () => clock.now) };
}

describe('a stored response', () => {
  it('is there again', async () => {
    const { store } = openStore();
    await store.create(key, contentOf('completed'), 'completed');
    expect(await store.find(key)).toEqual(contentOf('completed'));
    expect(await store.status(key)).toBe('completed');
  });

  it('is nobody else’s', async () => {
    const { store } = openStore();
    await store.create(key, contentOf('completed'), 'completed');
    expect(await store.find({ ...key, callerId: 'key-2' })).toBeUndefined();
    expect(await store.find({ ...key, id: 'resp_2' })).toBeUndefined();
    expect(await store.end({ ...key, callerId: 'key-2' }, 'cancelled')).toBe(false);
  });

  it('is gone at its time, however late DynamoDB deletes it', async () => {
    const { store, clock, table } = openStore(7);
    await store.create(key, contentOf('completed'), 'completed');
    clock.now += 7 * day - 1000;
    expect(await store.find(key)).toBeDefined();
    clock.now += 3000;
    expect(await store.find(key)).toBeUndefined();
    expect(await store.status(key)).toBeUndefined();
    expect(table.peek(responseHeadKey(key))).toBeDefined();
  });

  it('leaves no row behind when it is deleted', async () => {
    const { store, table } = openStore();
    await store.create(
      key,
      contentOf('completed', { input: [{ text: randomBytes(400_000).toString('hex') }] }),
      'completed',
    );
    const { pk } = responseHeadKey(key);
    expect(await table.query(pk)).toHaveLength(1 + 2);
    await store.delete(key);
    expect(await table.query(pk)).toEqual([]);
    await store.delete(key);
  });

  it('that lacks a part is not taken for whole', async () => {
    const { store, table } = openStore();
    await store.create(key, contentOf('completed'), 'completed');
    await table.update(responseHeadKey(key), { set: { pieces: 2 } });
    await expect(store.find(key)).rejects.toThrow(StoreUnavailableError);
  });
});

describe('a response in the background', () => {
  const soon = 60_000;

  it('goes from the queue to a worker to its end', async () => {
    const { store, clock } = openStore();
    await store.create(key, contentOf('queued', { request: { model: 'm' } }), 'queued', clock.now + soon);
    expect(await store.find(key)).toMatchObject({ response: { status: 'queued' }, request: { model: 'm' } });
    expect(await store.start(key, clock.now + soon)).toBe(true);
    expect(await store.find(key)).toMatchObject({ response: { status: 'in_progress' } });
    expect(await store.finish(key, contentOf('completed'), 'completed')).toBe(true);
    expect(await store.find(key)).toEqual(contentOf('completed'));
  });

  it('is taken by one worker only', async () => {
    const { store, clock } = openStore();
    await store.create(key, contentOf('queued'), 'queued', clock.now + soon);
    const taken = await Promise.all([1, 2, 3].map(() => store.start(key, clock.now + soon)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it.each(['queued', 'in_progress'] as const)('is failed, not %s, when its worker is gone', async (status) => {
    const { store, clock } = openStore();
    await store.create(key, contentOf(status), status, clock.now + soon);
    clock.now += soon;
    expect(await store.status(key)).toBe('failed');
    expect(await store.find(key)).toMatchObject({
      response: { status: 'failed', error: { code: 'server_error', message: expect.stringContaining('worker') } },
    });
  });

  it('is failed when its worker was given up', async () => {
    const { store, clock } = openStore();
    await store.create(key, contentOf('queued'), 'queued', clock.now + soon);
    expect(await store.end(key, 'failed')).toBe(true);
    expect(await store.find(key)).toMatchObject({ response: { status: 'failed', error: { code: 'server_error' } } });
  });

  it('has one end, whoever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['start', 'finish', 'cancel', 'give-up', 'cancel again'], { minLength: 5 }),
        async (steps) => {
          const { store, clock } = openStore();
          await store.create(key, contentOf('queued'), 'queued', clock.now + soon);
          const ends: string[] = [];
          for (const step of steps) {
            if (step === 'start') await store.start(key, clock.now + soon);
            else if (step === 'finish') {
              if (await store.finish(key, contentOf('completed'), 'completed')) ends.push('completed');
            } else {
              const status = step === 'give-up' ? 'failed' : 'cancelled';
              if (await store.end(key, status)) ends.push(status);
            }
          }
          expect(ends).toHaveLength(1);
          expect(await store.status(key)).toBe(ends[0]);
        },
      ),
    );
  });

  it('is not there again when its worker ends after its deletion', async () => {
    const { store, clock } = openStore();
    await store.create(key, contentOf('queued'), 'queued', clock.now + soon);
    await store.start(key, clock.now + soon);
    await store.delete(key);
    expect(await store.finish(key, contentOf('completed'), 'completed')).toBe(false);
    expect(await store.find(key)).toBeUndefined();
  });
});

describe('in DynamoDB', () => {
  let server: DynaliteServer;
  let opened: TestTable;

  beforeAll(async () => {
    server = await startDynalite();
    opened = await server.newTable();
  });
  afterAll(() => server.close());

  it('a response of megabytes is split into rows that fit', async () => {
    const store = new ResponseStore(opened.table, 30);
    const picture = randomBytes(1_500_000).toString('base64');
    const content = contentOf('completed', { input: [{ type: 'message', image: picture }] });
    await store.create(key, content, 'completed');
    expect(await store.find(key)).toEqual(content);
    await store.delete(key);
    expect(await store.find(key)).toBeUndefined();
  });

  it('an ordinary one takes two writes, and one call to read', async () => {
    const store = new ResponseStore(opened.table, 30);
    const before = opened.sent.length;
    await store.create(key, contentOf('completed', { input: [{ text: 'word '.repeat(20_000) }] }), 'completed');
    await store.find(key);
    expect(opened.sent.slice(before)).toEqual(['PutItemCommand', 'PutItemCommand', 'QueryCommand']);
  });
});
