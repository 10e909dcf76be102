import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/admin/jobs/describe-job.ts';
import { listJobs } from '../../../shared/admin/jobs/job-list.ts';
import { JobPreviews } from '../../../shared/admin/jobs/job-previews.ts';
import { readJobRange } from '../../../shared/admin/jobs/read-job-range.ts';
import { shownStatus } from '../../../shared/admin/jobs/shown-job.ts';
import type { Job, JobRequest } from '../../../shared/jobs/job.ts';
import { newJobId } from '../../../shared/jobs/job-id.ts';
import { JobStore } from '../../../shared/jobs/job-store.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { writeUsageRow } from '../../../shared/metering/usage-row.ts';
import { RequestLog } from '../../../shared/usage/request-log.ts';
import { cancelledByOwner } from '../../../shared/videos/end-video.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { usageRow } from '../usage/usage-rows.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const request: JobRequest = { model: 'sora-2', upstreamModel: 'qwen-video', prompt: 'a bird', aspectRatio: '16:9' };

function open(table: MemoryTable) {
  const now = () => start + 3_600_000;
  const store = new JobStore({ table, keepDays: 30, now });
  const log = new RequestLog({ table, calendar: new Calendar('UTC'), now });
  return { store, log, lists: { videos: store, requests: log } };
}

async function makeVideo(store: JobStore, time: number, callerId = 'key-one'): Promise<Job> {
  const key = { callerId, id: newJobId(time) };
  await store.create(key, request);
  const job = await store.find(key);
  if (job === undefined) throw new Error('no job');
  return job;
}

async function idsOfPages(lists: Parameters<typeof listJobs>[0], query: Readonly<Record<string, string>>) {
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const range = readJobRange({ ...query, after });
    const jobs = await listJobs(lists, range);
    ids.push(...jobs.slice(0, range.limit).map(idOf));
    if (jobs.length <= range.limit) return ids;
    after = ids.at(-1) ?? '';
  }
}

describe('the list of jobs', () => {
  it('gives videos and pictures of all callers once, newest first, also those of one millisecond', async () => {
    const made = fc.record({
      kind: fc.constantFrom('video', 'image', 'chat'),
      time: fc.integer({ min: 0, max: 5 }),
      caller: fc.constantFrom('key-one', 'key-two'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(made, { maxLength: 15 }), fc.integer({ min: 1, max: 4 }), async (all, limit) => {
        const table = new MemoryTable();
        const { store, lists } = open(table);
        const kinds = new Map<string, string>();
        for (const [index, { kind, time, caller }] of all.entries()) {
          if (kind === 'video') kinds.set((await makeVideo(store, start + time, caller)).key.id, kind);
          else {
            const row = usageRow({ id: `request-${index}`, startedAt: start + time, keyId: caller, kind });
            await writeUsageRow(table, row);
            if (kind === 'image') kinds.set(idOf({ kind: 'image', row }), kind);
          }
        }
        const ids = await idsOfPages(lists, { limit: String(limit) });
        expect(ids.toSorted()).toEqual([...kinds.keys()].toSorted());
        const whole = await listJobs(lists, readJobRange({}));
        expect(ids).toEqual(whole.map(idOf));
        for (const kind of ['video', 'image']) {
          expect(await idsOfPages(lists, { kind, limit: '2' })).toEqual(ids.filter((id) => kinds.get(id) === kind));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('knows where each job is, and finds those of a status', async () => {
    const table = new MemoryTable();
    const { store, lists } = open(table);
    const [queued, running, failed, cancelled, deleted] = await Promise.all(
      [1, 2, 3, 4, 5].map((time) => makeVideo(store, start + time)),
    );
    if (!queued || !running || !failed || !cancelled || !deleted) throw new Error('too few');
    const asking = await store.move(running, 'take', { accountId: 'a' });
    if (asking) await store.move(asking, 'accept', { acceptedAt: start });
    await store.move(failed, 'fail', { failure: { code: 'timed_out', message: '' }, endedAt: start });
    await store.move(cancelled, 'fail', { failure: cancelledByOwner, endedAt: start });
    await store.delete(deleted.key);
    const shown = await listJobs(lists, readJobRange({}));
    expect(shown.map((job) => [idOf(job), shownStatus(job)])).toEqual([
      [cancelled.key.id, 'cancelled'],
      [failed.key.id, 'failed'],
      [running.key.id, 'in_progress'],
      [queued.key.id, 'queued'],
    ]);
    expect(await idsOfPages(lists, { status: 'cancelled' })).toEqual([cancelled.key.id]);
    expect(await store.findAny(failed.key.id)).toMatchObject({ key: failed.key, stage: 'failed' });
    expect(await store.findAny(deleted.key.id)).toBeUndefined();
    expect(await store.findAny(failed.key.id.slice(0, -1))).toBeUndefined();
  });

  it('takes a job that was made before there was the list with its next change', async () => {
    const table = new MemoryTable();
    const { store, lists } = open(table);
    const job = await makeVideo(store, start);
    await table.update({ pk: 'jobs#key-one', sk: job.key.id }, { remove: ['listKey', 'listPlace'] });
    expect(await listJobs(lists, readJobRange({}))).toEqual([]);
    await store.move(job, 'take', { accountId: 'a' });
    expect((await listJobs(lists, readJobRange({}))).map(idOf)).toEqual([job.key.id]);
  });

  it.each([
    ['kind', { kind: 'music' }],
    ['status', { status: 'open' }],
    ['after', { after: 'x' }],
    ['limit', { limit: '101' }],
    ['sort', { sort: 'up' }],
  ])('refuses a wrong %s', (param, query) => {
    expect(() => readJobRange(query)).toThrow(expect.objectContaining({ param, status: 400 }));
  });
});

describe('previews of pictures', () => {
  it('are links of an hour, and none once the pictures are gone', async () => {
    let now = start;
    const previews = new JobPreviews({
      videos: { of: async () => undefined },
      objects: { signGet: async (key, { seconds }) => `https://bucket/${key}?${seconds}` },
      resultDays: 1,
      now: () => now,
    });
    const row = usageRow({ id: 'a', startedAt: start, kind: 'image', images: 1, objects: ['results/k/picture_1.png'] });
    expect(await previews.of({ kind: 'image', row })).toEqual([
      {
        url: 'https://bucket/results/k/picture_1.png?3600',
        expires_at: '2026-11-22T11:00:00.000Z',
        type: 'image/png',
      },
    ]);
    now += 24 * 3_600_000;
    expect(await previews.of({ kind: 'image', row })).toEqual([]);
  });
});
