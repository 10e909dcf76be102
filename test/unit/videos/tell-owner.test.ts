import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resumeVideos } from '../../../shared/videos/resume-videos.ts';
import type { Delivery } from '../../../shared/webhooks/webhook-sender.ts';
import { openVideoWork } from './video-fixture.ts';

const start = Date.UTC(2026, 10, 21);
const url = 'https://example.com/hook';
const failed: Delivery = { type: 'failed', why: 'answered with status 500.' };

/** A job that has begun and that somebody wants to hear of, at a time that the test moves. */
async function openJob(webhookUrl: string | undefined = url) {
  const time = { now: start };
  const fixture = openVideoWork(() => time.now);
  await fixture.begin(webhookUrl);
  const webhook = async () => (await fixture.store.find(fixture.key))?.webhook;
  /** Steps and waits as the state machine does. @returns the waits since the end. */
  const run = async () => {
    const waits: number[] = [];
    for (;;) {
      const { next, seconds } = await fixture.step();
      if (next === 'end') return waits;
      if ((await fixture.store.find(fixture.key))?.endedAt !== undefined) waits.push(seconds);
      time.now += seconds * 1000;
    }
  };
  return { ...fixture, time, webhook, run };
}

describe('the end of a video', () => {
  it('is told in the step that finds it', async () => {
    const { run, receiver, webhook, open, key } = await openJob();
    expect(await run()).toEqual([]);
    expect(receiver.sent).toMatchObject([{ url, headers: { 'webhook-id': `evt_${key.id.slice(6)}` } }]);
    expect(JSON.parse(receiver.sent[0]?.body ?? '')).toEqual({
      id: `evt_${key.id.slice(6)}`,
      object: 'event',
      created_at: (start + 5000) / 1000,
      type: 'video.completed',
      data: { id: key.id },
    });
    expect(await webhook()).toEqual({ url, tries: 1, deliveredAt: start + 5000 });
    expect(await open.list()).toEqual([]);
  });

  it('is told when it is a bad one, too', async () => {
    const { run, receiver, site } = await openJob();
    site.onPoll = () => ({ type: 'failed', message: 'no' });
    await run();
    expect(JSON.parse(receiver.sent[0]?.body ?? '')).toMatchObject({ type: 'video.failed' });
  });

  it('is told to nobody when nobody wants to hear it, or the video was deleted', async () => {
    const quiet = openVideoWork(() => start);
    await quiet.begin();
    await quiet.step();
    expect(await quiet.step()).toMatchObject({ next: 'end' });
    const { step, store, key, receiver } = await openJob();
    await step();
    await store.delete(key);
    expect(await step()).toMatchObject({ next: 'end' });
    expect([...quiet.receiver.sent, ...receiver.sent]).toEqual([]);
  });

  it('is tried five times within an hour, each time under the same id and newly dated', async () => {
    const { run, receiver, webhook, store, key } = await openJob();
    receiver.onSend = () => failed;
    expect(await run()).toEqual([10, 60, 300, 2700]);
    expect(new Set(receiver.sent.map(({ body }) => body)).size).toBe(1);
    expect(new Set(receiver.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.sent.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5);
    expect(await webhook()).toEqual({
      url,
      tries: 5,
      failure: 'The server answered with status 500.',
      isGivenUp: true,
    });
    expect(await store.find(key)).toMatchObject({ stage: 'completed', endedAt: start + 5000 });
  });

  it.each([
    [{ type: 'refused' }, 'The server wants no more events (status 410).'],
    ['no secret', 'The server was not called: the gateway has no WEBHOOK_SECRET.'],
  ] as const)('is not told again after %j', async (fate, failure) => {
    const { run, receiver, webhook } = await openJob();
    if (fate === 'no secret') receiver.key = undefined;
    else receiver.onSend = () => fate;
    expect(await run()).toEqual([]);
    expect(await webhook()).toEqual({ url, tries: 1, failure, isGivenUp: true });
  });
});

describe('a worker that is killed', () => {
  it('while it tells has made one try, which is repeated when its time has come', async () => {
    const { step, receiver, time, webhook, open } = await openJob();
    await step();
    receiver.onSend = (count) => {
      if (count === 1) throw new Error('killed');
      return { type: 'delivered' };
    };
    await expect(step()).rejects.toThrow('killed');
    expect(await open.list()).toHaveLength(1);
    expect(await step()).toMatchObject({ next: 'wait', seconds: 10 });
    expect(receiver.sent).toHaveLength(1);
    time.now += 10_000;
    expect(await step()).toMatchObject({ next: 'end' });
    expect(receiver.sent).toHaveLength(2);
    expect(receiver.sent[1]?.headers['webhook-id']).toBe(receiver.sent[0]?.headers['webhook-id']);
    expect(await webhook()).toMatchObject({ tries: 2, deliveredAt: start + 10_000 });
  });

  it('every time has five tries, and says how it ended', async () => {
    const { step, receiver, time, webhook } = await openJob();
    await step();
    receiver.onSend = () => {
      throw new Error('killed');
    };
    for (let tries = 1; tries <= 5; tries += 1) {
      await expect(step()).rejects.toThrow('killed');
      time.now += 3600_000;
    }
    expect(await step()).toMatchObject({ next: 'end' });
    expect(receiver.sent).toHaveLength(5);
    expect(await webhook()).toMatchObject({ isGivenUp: true, failure: 'The server broke off while it was called.' });
  });

  it('so often that nobody calls it is followed by another execution', async () => {
    const fixture = await openJob();
    const { step, time, receiver, open, store, metering } = fixture;
    await step();
    receiver.onSend = () => failed;
    await step();
    expect(await step(0, 'give-up')).toMatchObject({ next: 'end' });
    expect(await open.list()).toHaveLength(1);
    time.now += 61_000;
    const started: number[] = [];
    const runs = { start: async ({ attempt }: { readonly attempt: number }) => started.push(attempt) > 1 };
    expect(await resumeVideos({ store, open, runs, metering, now: () => time.now })).toEqual({ open: 1, resumed: 1 });
    expect(started).toEqual([1, 2]);
    receiver.onSend = () => ({ type: 'delivered' });
    expect(await step()).toMatchObject({ next: 'end' });
    expect(receiver.sent).toHaveLength(2);
    expect(await resumeVideos({ store, open, runs, metering, now: () => time.now })).toEqual({ open: 0, resumed: 0 });
  });
});

describe('several workers at once', () => {
  it('tell once', async () => {
    const { step, receiver } = await openJob();
    await step();
    await Promise.all([step(), step(), step()]);
    expect(receiver.sent).toHaveLength(1);
  });

  it('tell at most five times and never after a delivery, whatever happens to them', async () => {
    type Happening = 'delivered' | 'failed' | 'killed';
    const happenings = fc.array(fc.constantFrom<Happening>('delivered', 'failed', 'killed'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(happenings, fc.integer({ min: 1, max: 3 }), async (story, workers) => {
        const { step, time, receiver, webhook } = await openJob();
        await step();
        receiver.onSend = (count) => {
          const happening = story[count - 1] ?? 'delivered';
          if (happening === 'killed') throw new Error('killed');
          return happening === 'failed' ? failed : { type: 'delivered' };
        };
        for (let round = 0; round < 10; round += 1) {
          await Promise.allSettled(Array.from({ length: workers }, () => step()));
          time.now += 3600_000;
        }
        const first = story.indexOf('delivered');
        const expected = Math.min(5, first === -1 ? story.length + 1 : first + 1);
        expect(receiver.sent).toHaveLength(expected);
        const last = story[expected - 1] ?? 'delivered';
        expect((await webhook())?.deliveredAt !== undefined).toBe(last === 'delivered');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a job that is changed while it is told', () => {
  it('is read again, so that nothing stays half told', async () => {
    const { step, receiver, store, key, time, webhook } = await openJob();
    await step();
    receiver.onSend = async () => {
      const job = await store.find(key);
      if (job !== undefined) await store.move(job, 'tell', { attempt: 2 });
      receiver.onSend = () => ({ type: 'delivered' });
      return { type: 'delivered' };
    };
    expect(await step()).toMatchObject({ next: 'wait', seconds: 1 });
    time.now += 10_000;
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await webhook()).toMatchObject({ tries: 2, deliveredAt: time.now });
  });

  it('is not told any more when it is deleted', async () => {
    const { step, receiver, store, key, open } = await openJob();
    await step();
    receiver.onSend = async () => {
      await store.delete(key);
      return failed;
    };
    expect(await step()).toMatchObject({ next: 'wait', seconds: 1 });
    expect(await step()).toMatchObject({ next: 'end' });
    expect(receiver.sent).toHaveLength(1);
    expect(await open.list()).toEqual([]);
  });
});
