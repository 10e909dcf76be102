import { describe, expect, it } from 'vitest';
import { QuotaExhaustedError } from '../../../shared/chat/errors/account-faults.ts';
import {
  ContentFilterError,
  ReplyLostError,
  UpstreamUnavailableError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { resumeVideos } from '../../../shared/videos/resume-videos.ts';
import { callerId, openVideoWork, request } from './video-fixture.ts';

const start = Date.UTC(2026, 10, 21);

/** A job that has begun, at a time that the test moves. */
async function openJob() {
  const time = { now: start };
  const fixture = openVideoWork(() => time.now);
  await fixture.begin();
  return { ...fixture, time, job: () => fixture.store.find(fixture.key) };
}

describe('the steps of a video', () => {
  it('make a chat, ask in it, look, and end', async () => {
    const { step, site, accounts, job, open } = await openJob();
    site.onPoll = (poll) => (poll === 1 ? { type: 'running' } : { type: 'succeeded', url: 'https://cdn.test/a.mp4' });
    expect(await step()).toEqual({ next: 'wait', seconds: 5, looks: 0 });
    expect(await job()).toMatchObject({ stage: 'running', accountId: 'a', chatId: 'chat-1', taskId: 'task-1' });
    expect(await step(0)).toEqual({ next: 'wait', seconds: 10, looks: 1 });
    expect(await step(1)).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'completed', url: 'https://cdn.test/a.mp4' });
    expect(site.asked).toEqual(['chat-1']);
    expect(accounts.outcomes).toEqual(['ok']);
    expect(await open.list()).toEqual([]);
    expect(await step(2)).toMatchObject({ next: 'end' });
  });

  it('wait longer each time, up to nine times the first', async () => {
    const { step, site } = await openJob();
    site.onPoll = () => ({ type: 'running' });
    const waits: number[] = [];
    for (let looks = 0; waits.length < 12; ) {
      const next = await step(looks);
      waits.push(next.seconds);
      looks = next.looks;
    }
    expect(waits).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 45, 45, 45]);
  });

  it('ask another account when one is refused, in a chat of its own', async () => {
    const { step, site, job } = await openJob();
    let refusals = 2;
    site.onCreate = () => {
      if (refusals-- > 0) throw new QuotaExhaustedError('used up', { retryAfterSeconds: 3600 });
      return 'task-2';
    };
    await step();
    expect(await job()).toMatchObject({ stage: 'running', accountId: 'c', chatId: 'chat-3', taskId: 'task-2' });
    expect(site.deleted).toEqual(['chat-1', 'chat-2']);
  });

  it('fail with the reason when nobody may be asked', async () => {
    const { step, site, job } = await openJob();
    site.onCreate = () => {
      throw new ContentFilterError('not this');
    };
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'content_filter' } });
  });
});

describe('a lost reply', () => {
  it('is found in the chat', async () => {
    const { step, site, job } = await openJob();
    site.onCreate = () => {
      throw new ReplyLostError('lost');
    };
    site.onFind = () => ({ isAsked: true, taskId: 'task-9' });
    expect(await step()).toEqual({ next: 'wait', seconds: 1, looks: 0 });
    await step();
    expect(await job()).toMatchObject({ stage: 'running', taskId: 'task-9', asks: 1 });
  });

  it('is asked again for only where the chat is empty, and not for ever', async () => {
    const { step, site, job } = await openJob();
    let asks = 0;
    site.onCreate = () => {
      asks += 1;
      throw new ReplyLostError('lost');
    };
    site.onFind = () => ({ isAsked: false });
    for (let steps = 0; steps < 6; steps += 1) await step();
    expect(asks).toBe(3);
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'unknown' } });
  });

  it('is waited for where the chat was asked and does not tell of a task yet', async () => {
    const { step, site, job } = await openJob();
    let asks = 0;
    site.onCreate = () => {
      asks += 1;
      throw new ReplyLostError('lost');
    };
    site.onFind = () => ({ isAsked: true });
    await step();
    await step();
    expect(await job()).toMatchObject({ stage: 'running' });
    site.onFind = () => ({ isAsked: true, url: 'https://cdn.test/b.mp4' });
    await step();
    expect(await job()).toMatchObject({ stage: 'completed', url: 'https://cdn.test/b.mp4' });
    expect([asks, site.polls]).toEqual([1, 0]);
  });

  it('is unknown when the chat can’t be read for long', async () => {
    const { step, site, job, time } = await openJob();
    site.onCreate = () => {
      throw new ReplyLostError('lost');
    };
    site.onFind = () => {
      throw new UpstreamUnavailableError('down');
    };
    await step();
    expect(await step()).toMatchObject({ next: 'wait' });
    time.now += 11 * 60_000;
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'unknown' } });
    expect(site.asked).toEqual([]);
  });
});

describe('a running video', () => {
  it('outlives errors of the asking, and is rescued by its chat', async () => {
    const { step, site, job } = await openJob();
    await step();
    site.onPoll = () => {
      throw new UpstreamUnavailableError('down');
    };
    site.onFind = () => ({ isAsked: true, taskId: 'task-1' });
    expect(await step(1)).toMatchObject({ next: 'wait' });
    site.onFind = () => ({ isAsked: true, taskId: 'task-1', url: 'https://cdn.test/c.mp4' });
    expect(await step(1)).toMatchObject({ next: 'wait' });
    expect(await step(6)).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'completed', url: 'https://cdn.test/c.mp4' });
  });

  it('is given up in the end, after a last look into its chat', async () => {
    const { step, site, job, time } = await openJob();
    site.onPoll = () => ({ type: 'running' });
    await step();
    time.now += 31 * 60_000;
    expect(await step(20)).toMatchObject({ next: 'wait' });
    expect(await step(21)).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'timed_out' } });
  });

  it('fails when its account is gone', async () => {
    const { step, accounts, job } = await openJob();
    await step();
    accounts.ids.shift();
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'account_gone' } });
  });

  it('is let alone when it was deleted', async () => {
    const { step, store, key, site } = await openJob();
    await step();
    await store.delete(key);
    expect(await step()).toMatchObject({ next: 'end' });
    expect(site.polls).toBe(0);
  });

  it('is unknown when its worker always fails', async () => {
    const { step, job } = await openJob();
    await step();
    expect(await step(3, 'give-up')).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'unknown' } });
  });
});

describe('two workers at once', () => {
  it('ask once', async () => {
    const { step, site, job } = await openJob();
    await Promise.all([step(), step(), step()]);
    expect(site.asked).toHaveLength(1);
    expect(site.deleted).toHaveLength(2);
    expect(await job()).toMatchObject({ stage: 'running' });
  });
});

describe('the sweep', () => {
  const sweep = (fixture: Awaited<ReturnType<typeof openJob>>, ended: readonly number[]) => {
    const started: number[] = [];
    const start = async ({ attempt }: { readonly attempt: number }) => {
      started.push(attempt);
      return !ended.includes(attempt);
    };
    return resumeVideos({ ...fixture, runs: { start }, now: () => fixture.time.now }).then((report) => ({
      report,
      started,
    }));
  };

  it('leaves young jobs and running ones alone', async () => {
    const fixture = await openJob();
    expect(await sweep(fixture, [])).toEqual({ report: { open: 1, resumed: 0 }, started: [] });
    fixture.time.now += 61_000;
    expect(await sweep(fixture, [])).toEqual({ report: { open: 1, resumed: 0 }, started: [1] });
    expect(await fixture.job()).toMatchObject({ attempt: 1, revision: 1 });
  });

  it('goes on with a job whose execution has died, with a new one', async () => {
    const fixture = await openJob();
    fixture.time.now += 61_000;
    expect(await sweep(fixture, [1])).toEqual({ report: { open: 1, resumed: 1 }, started: [1, 2] });
    expect(await fixture.job()).toMatchObject({ attempt: 2, stage: 'queued' });
  });

  it('forgets what is over, and what never came to be', async () => {
    const fixture = await openJob();
    await fixture.step(0, 'give-up');
    await fixture.open.add(fixture.key);
    await fixture.open.add({ callerId, id: 'video_without_a_row' });
    expect(await sweep(fixture, [])).toEqual({ report: { open: 0, resumed: 0 }, started: [] });
    expect(await fixture.open.list()).toEqual([]);
  });
});

describe('creating', () => {
  it('is done once for one key, however many do it at once', async () => {
    const fixture = await openJob();
    const asked = { callerId, request, idempotencyKey: 'k' };
    const jobs = await Promise.all(Array.from({ length: 50 }, () => fixture.createJob(asked)));
    expect(new Set(jobs.map((job) => job?.key.id)).size).toBe(1);
    expect((await fixture.createJob({ ...asked, idempotencyKey: 'other' }))?.key.id).not.toBe(jobs[0]?.key.id);
    await expect(fixture.createJob({ ...asked, request: { ...request, prompt: 'x' } })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
    expect((await fixture.createJob({ ...asked, callerId: 'key-2' }))?.key.id).not.toBe(jobs[0]?.key.id);
  });
});
