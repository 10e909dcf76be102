import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job, JobFacts } from '../../../shared/jobs/job.ts';
import { newJobId, timeOfJobId } from '../../../shared/jobs/job-id.ts';
import { isOver, type JobTransition, jobTransitions, nextStage } from '../../../shared/jobs/job-stages.ts';
import { JobStore } from '../../../shared/jobs/job-store.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const request = { model: 'm', upstreamModel: 'm', prompt: 'p', aspectRatio: '1:1' } as const;
const now = () => Date.UTC(2026, 10, 21);
const key = { callerId: 'one', id: newJobId(now()) };
const names = Object.keys(jobTransitions).filter((name): name is JobTransition => Object.hasOwn(jobTransitions, name));

async function openStore(table = new MemoryTable()) {
  const store = new JobStore({ table, keepDays: 30, now });
  await store.create(key, request);
  const first = await store.find(key);
  if (first === undefined) throw new Error('no job');
  return { store, table, first };
}

const factsOf: Partial<Record<JobTransition, JobFacts>> = {
  take: { accountId: 'a', chatId: 'c', asks: 1 },
  accept: { taskId: 't', acceptedAt: now() },
  complete: { url: 'https://cdn.test/a.mp4', endedAt: now() },
  fail: { failure: { code: 'unknown', message: 'x' }, endedAt: now() },
};

describe('the table of transitions', () => {
  it('lets nothing out of an end but deletion, and nothing at all out of that', () => {
    for (const name of names) {
      expect(nextStage('deleted', name)).toBeUndefined();
      for (const stage of ['completed', 'failed'] as const) {
        expect(nextStage(stage, name)).toBe(name === 'delete' ? 'deleted' : name === 'tell' ? stage : undefined);
      }
    }
    for (const stage of ['queued', 'asking', 'running'] as const) expect(isOver(stage)).toBe(false);
  });

  it('asks an account only once a chat is known, and never forgets an upstream that has taken the job', () => {
    for (const name of names) {
      expect(nextStage('running', name)).not.toBe('queued');
      expect(nextStage('running', name)).not.toBe('asking');
      if (nextStage('queued', name) === 'running') throw new Error(`${name} skips asking`);
    }
  });
});

describe('the rows of jobs', () => {
  it('change as the table says, whoever writes with whatever they have read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.constantFrom(...names), stale: fc.nat(3) }), { maxLength: 25 }),
        async (moves) => {
          const { store, first } = await openStore();
          const history: Job[] = [first];
          for (const { name, stale } of moves) {
            const read = history.at(-1 - Math.min(stale, history.length - 1)) ?? first;
            const current = history.at(-1) ?? first;
            const moved = await store.move(read, name, factsOf[name]);
            const expected = nextStage(current.stage, name);
            if (read.revision !== current.revision || expected === undefined) expect(moved).toBeUndefined();
            else {
              expect(moved).toMatchObject({ stage: expected, revision: current.revision + 1, ...factsOf[name] });
              history.push(moved ?? first);
            }
          }
          const last = history.at(-1) ?? first;
          expect(await store.find(key)).toEqual(last.stage === 'deleted' ? undefined : last);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are moved by one of many at once', async () => {
    const { store, first } = await openStore();
    const moved = await Promise.all(Array.from({ length: 20 }, () => store.move(first, 'take', factsOf.take)));
    expect(moved.filter((job) => job !== undefined)).toHaveLength(1);
  });

  it('are made once, also after they were deleted', async () => {
    const { store, first } = await openStore();
    await store.move(first, 'take', factsOf.take);
    await store.create(key, { ...request, prompt: 'other' });
    expect(await store.find(key)).toMatchObject({ stage: 'asking', request: { prompt: 'p' } });
    expect(await store.delete(key)).toMatchObject({ stage: 'asking', chatId: 'c' });
    await store.create(key, request);
    expect(await store.find(key)).toBeUndefined();
    expect(await store.delete(key)).toBeUndefined();
  });

  it('keep nothing of what was asked when they are deleted', async () => {
    const { store, table, first } = await openStore();
    const taken = await store.move(first, 'take', factsOf.take);
    await store.move(taken ?? first, 'complete', factsOf.complete);
    await store.delete(key);
    const row = JSON.stringify(table.peek({ pk: 'jobs#one', sk: key.id }));
    expect(row).toContain('deleted');
    for (const content of ['"p"', 'cdn.test']) expect(row).not.toContain(content);
  });

  it('are another caller’s to nobody, and gone when their time is over', async () => {
    const { store, table } = await openStore();
    expect(await store.find({ ...key, callerId: 'two' })).toBeUndefined();
    const later = new JobStore({ table, keepDays: 30, now: () => now() + 31 * 24 * 3600_000 });
    expect(await later.find(key)).toBeUndefined();
  });
});

describe('ids of jobs', () => {
  it('sort as they were made, tell when, and can’t be guessed', () => {
    const times = [0, 1, 1_700_000_000_000, now(), now() + 1];
    const ids = times.map(newJobId);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.map(timeOfJobId)).toEqual(times);
    expect(new Set(Array.from({ length: 1000 }, () => newJobId(1))).size).toBe(1000);
    expect(timeOfJobId('video_1700000000000')).toBeUndefined();
  });
});
