import { describe, expect, it } from 'vitest';
import { PoolChallengedError } from '../../../shared/accounts/no-account-errors.ts';
import { beginCleanup } from '../../../shared/dialogs/cleanup/begin-cleanup.ts';
import { chooseChats } from '../../../shared/dialogs/cleanup/cleanup-filters.ts';
import { CleanupRows } from '../../../shared/dialogs/cleanup/cleanup-rows.ts';
import { describeCleanup } from '../../../shared/dialogs/cleanup/cleanup-snapshot.ts';
import { createCleanupWorker, readCleanupTask } from '../../../shared/dialogs/cleanup/cleanup-worker.ts';
import { scheduleCleanups } from '../../../shared/dialogs/cleanup/scheduled-cleanup.ts';
import { DailyClaims } from '../../../shared/dialogs/sweep/daily-claims.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import type { Execution } from '../../../shared/runs/start-execution.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { hour, openDialogFixture } from './dialog-fixture.ts';

const email = 'one@example.com';

async function open() {
  const fixture = await openDialogFixture([email]);
  const { table, now, chats, lists, deleteUpstream, make } = fixture;
  const rows = new CleanupRows(table, now);
  const started: Execution[] = [];
  const startRun = async (execution: Execution) => void started.push(execution);
  const work = createCleanupWorker({ rows, chats, deleteUpstream, logger: createLogger('error') });
  const entry = (chatId: string, keyId: string) => ({ chatId, accountId: email, responseId: 'r', model: 'm', keyId });
  const keep = async (keyId = 'key') => {
    const chatId = await make(email);
    fixture.time += 1;
    await chats.remember(entry(chatId, keyId));
    return chatId;
  };
  const begin = async () =>
    beginCleanup({ rows, startRun }, 'key', chooseChats(await lists.all(['key']), { maxChats: 0 }, fixture.time));
  const states = async (id: string) =>
    (await rows.read(id))?.items.map(({ chatId, state, reason }) => [chatId, state, reason]);
  return { fixture, rows, started, startRun, work, entry, keep, begin, states };
}

describe('a clean-up', () => {
  it('deletes each of its chats once, whatever is done twice, and is done then', async () => {
    const { fixture, rows, started, work, keep, begin, states } = await open();
    const ids = [await keep(), await keep(), await keep()];
    const cleanupId = await begin();
    expect(started).toEqual([
      { name: cleanupId, input: { cleanupId, items: [0, 1, 2], maxConcurrency: 3 }, words: 'The clean-up' },
    ]);
    for (const item of [0, 0, 2, 1, 2]) await work({ act: 'delete', cleanupId, item });
    await work({ act: 'give-up', cleanupId, item: 1 });
    await work({ act: 'finish', cleanupId });
    expect(await states(cleanupId)).toEqual(ids.map((id) => [id, 'deleted', undefined]));
    expect(fixture.upstreamIds()).toEqual([]);
    expect(await fixture.lists.all(['key'])).toEqual([]);
    const deletions = fixture.simulator.control.requests().filter(({ route }) => route === 'chat-delete');
    expect(deletions).toHaveLength(3);
    const snapshot = await rows.read(cleanupId);
    expect(snapshot && describeCleanup(snapshot, fixture.time)).toMatchObject({ state: 'done', deleted: 3, left: 0 });
  });

  it('leaves a chat that was used since, and takes one that is gone for deleted', async () => {
    const { fixture, work, entry, keep, begin, states } = await open();
    const [used, gone] = [await keep(), await keep()];
    const cleanupId = await begin();
    fixture.time += 1;
    await fixture.chats.remember(entry(used, 'key'));
    await fixture.upstream.deleteChat(gone, fixture.accounts.credentials(email), AbortSignal.timeout(5000));
    for (const item of [0, 1]) await work({ act: 'delete', cleanupId, item });
    expect(await states(cleanupId)).toEqual([
      [used, 'kept', undefined],
      [gone, 'deleted', undefined],
    ]);
    expect(fixture.upstreamIds()).toEqual([used]);
    expect((await fixture.lists.all(['key'])).map(({ chatId }) => chatId)).toEqual([used]);
  });

  it('notes a fault, tries again, and reports it in the end', async () => {
    const { fixture, work, keep, begin, states } = await open();
    const [first, second] = [await keep(), await keep()];
    const cleanupId = await begin();
    fixture.simulator.control.fault({ fault: 'internal-500', route: 'chat-delete', times: 4 });
    await expect(work({ act: 'delete', cleanupId, item: 0 })).rejects.toMatchObject({ code: 'upstream_unavailable' });
    await expect(work({ act: 'delete', cleanupId, item: 1 })).rejects.toMatchObject({ code: 'upstream_unavailable' });
    expect(await states(cleanupId)).toEqual([
      [first, 'waiting', 'upstream_unavailable'],
      [second, 'waiting', 'upstream_unavailable'],
    ]);
    await work({ act: 'delete', cleanupId, item: 0 });
    await work({ act: 'give-up', cleanupId, item: 1 });
    expect(await states(cleanupId)).toEqual([
      [first, 'deleted', undefined],
      [second, 'failed', 'upstream_unavailable'],
    ]);
    expect((await fixture.lists.all(['key'])).map(({ chatId }) => chatId)).toEqual([second]);
  });

  it('does not try again what waits for the owner of the account', async () => {
    const { fixture, work, keep, begin, states } = await open();
    const chatId = await keep();
    const cleanupId = await begin();
    fixture.accounts.resting.set(email, new PoolChallengedError('verify'));
    await work({ act: 'delete', cleanupId, item: 0 });
    expect(await states(cleanupId)).toEqual([[chatId, 'failed', 'accounts_challenged']]);
  });

  it('closes what its run has left open, and stalls when there is no run', async () => {
    const { fixture, rows, work, keep, begin, states } = await open();
    const chatId = await keep();
    const cleanupId = await begin();
    fixture.time += hour;
    const stalled = await rows.read(cleanupId);
    expect(stalled && describeCleanup(stalled, fixture.time)).toMatchObject({ state: 'stalled', waiting: 1 });
    await work({ act: 'finish', cleanupId });
    expect(await states(cleanupId)).toEqual([[chatId, 'failed', 'not_tried']]);
    fixture.time += 8 * 24 * hour;
    expect(await rows.read(cleanupId)).toBeUndefined();
  });

  it('fails whole when it can’t be started, and is done at once without chats', async () => {
    const { fixture, rows, keep, begin } = await open();
    const empty = await begin();
    expect(await rows.read(empty)).toMatchObject({ items: [], finishedAt: fixture.time });
    await keep();
    const chosen = chooseChats(await fixture.lists.all(['key']), { maxChats: 0 }, fixture.time);
    const startRun = async () => Promise.reject(new StoreUnavailableError('down'));
    await expect(beginCleanup({ rows, startRun }, 'key', chosen)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await fixture.lists.all(['key'])).toHaveLength(1);
  });

  it('takes nothing else for a step', () => {
    const good = { act: 'delete', cleanupId: 'c', item: 0 };
    expect(readCleanupTask(good)).toEqual(good);
    expect(readCleanupTask({ act: 'finish', cleanupId: 'c' })).toEqual({ act: 'finish', cleanupId: 'c' });
    for (const event of [null, 'x', {}, { ...good, item: '0' }, { ...good, act: 'other' }, { ...good, cleanupId: 1 }]) {
      expect(readCleanupTask(event)).toBeUndefined();
    }
  });
});

describe('daily clean-ups', () => {
  it('are begun once a day for each key, by the filters of the settings', async () => {
    const { fixture, rows, started, startRun, keep } = await open();
    const { lists, table, now } = fixture;
    const options = { lists, rows, startRun, claims: new DailyClaims(table, now), now };
    for (const key of ['a', 'a', 'a', 'b', 'b', 'c']) await keep(key);
    expect(await scheduleCleanups({ ...options, filters: {} })).toBe(0);
    expect(await scheduleCleanups({ ...options, filters: { maxChats: 1 } })).toBe(2);
    expect(started.map(({ input }) => 'items' in input && input.items)).toEqual([[0, 1], [0]]);
    expect(await scheduleCleanups({ ...options, filters: { maxChats: 1 } })).toBe(0);
    fixture.time += 24 * hour;
    expect(await scheduleCleanups({ ...options, filters: { maxChats: 1 } })).toBe(2);
  });
});
