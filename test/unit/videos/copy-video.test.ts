import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ObjectStoreUnavailableError, ObjectTooLargeError } from '../../../shared/objects/object-store-errors.ts';
import { CopiedVideos } from './copied-videos.ts';
import { callerId, openVideoWork } from './video-fixture.ts';

const start = Date.UTC(2026, 10, 21);
const day = 24 * 3600 * 1000;
const url = 'https://cdn.test/a.mp4';
const unavailable = () => {
  throw new ObjectStoreUnavailableError('away');
};

/** A job whose video is found with the next step. */
async function openMadeVideo() {
  const videos = new CopiedVideos();
  const fixture = openVideoWork(() => start, videos.copies);
  await fixture.begin();
  await fixture.step();
  const resultKey = `results/${callerId}/${fixture.key.id}.mp4`;
  return { ...fixture, videos, resultKey, job: () => fixture.store.find(fixture.key) };
}

describe('a finished video', () => {
  it('is copied before its job is completed, in the same step', async () => {
    const { step, job, videos, resultKey } = await openMadeVideo();
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({
      stage: 'completed',
      url,
      resultKey,
      resultExpiresAt: start + 7 * day,
      endedAt: start,
    });
    expect(videos.kept.get(resultKey)).toBe(`video of ${url}`);
  });

  it('that is found in the chat is copied as well', async () => {
    const { step, job, site, videos } = await openMadeVideo();
    site.onPoll = () => ({ type: 'waiting' });
    site.onFind = () => ({ isAsked: true, url: 'https://cdn.test/b.mp4' });
    await step(6);
    expect(await job()).toMatchObject({ stage: 'completed', url: 'https://cdn.test/b.mp4' });
    expect(videos.kept.size).toBe(1);
  });
});

describe('a copy that fails', () => {
  it('is begun again, with an address that was asked for anew', async () => {
    const { step, job, site, videos } = await openMadeVideo();
    videos.onOpen = (address) => (address === url ? videos.gone() : Readable.from([Buffer.from('new')]));
    expect(await step()).toEqual({ next: 'wait', seconds: 5, looks: 1 });
    expect(await job()).toMatchObject({ stage: 'copying', copies: 1 });
    site.onPoll = () => ({ type: 'succeeded', url: 'https://cdn.test/new.mp4' });
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'completed', url: 'https://cdn.test/new.mp4', copies: 2 });
    expect([...videos.kept.values()]).toEqual(['new']);
  });

  it('for good completes the job with the upstream’s link, and says so', async () => {
    const { step, job, videos } = await openMadeVideo();
    videos.onPut = unavailable;
    const waits: number[] = [];
    for (let count = 0; count < 4; count += 1) waits.push((await step()).seconds);
    expect(waits).toEqual([5, 10, 15, 0]);
    expect(await job()).toMatchObject({
      stage: 'completed',
      url,
      copyFailure: { code: 'not_copied', message: expect.stringContaining('object_store_unavailable') },
    });
    expect((await job())?.resultKey).toBeUndefined();
    expect(videos.opened).toHaveLength(4);
  });

  it('because it is too large is not tried again', async () => {
    const { step, job, videos } = await openMadeVideo();
    videos.onPut = () => {
      throw new ObjectTooLargeError(1);
    };
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({
      stage: 'completed',
      copyFailure: { message: expect.stringContaining('larger') },
    });
  });

  it.each([
    ['nobody has', (videos: CopiedVideos) => () => videos.gone()],
    ['is empty', () => () => Readable.from([])],
  ])('because of a file that %s fails the job: its link leads nowhere', async (_, open) => {
    const { step, job, videos, open: openJobs } = await openMadeVideo();
    videos.onOpen = open(videos);
    for (let count = 0; count < 4; count += 1) await step();
    expect(await job()).toMatchObject({ stage: 'failed', failure: { code: 'video_lost' } });
    expect(videos.kept.size).toBe(0);
    expect(await openJobs.list()).toEqual([]);
  });

  it('by kills is not begun for ever', async () => {
    const { step, job, videos, store } = await openMadeVideo();
    videos.onPut = unavailable;
    await step();
    const copying = await job();
    // What the fourth worker has written before it was killed.
    if (copying !== undefined) await store.move(copying, 'copy', { copies: 4 });
    expect(await step()).toMatchObject({ next: 'end' });
    expect(await job()).toMatchObject({ stage: 'completed', url, copyFailure: { code: 'not_copied' } });
    expect(videos.opened).toHaveLength(1);
  });

  it('of a worker that can’t go on at all leaves the upstream’s link', async () => {
    const { step, job, videos } = await openMadeVideo();
    videos.onPut = unavailable;
    await step();
    await step(0, 'give-up');
    expect(await job()).toMatchObject({ stage: 'completed', url, copyFailure: { code: 'not_copied' } });
  });
});

describe('a video that is deleted while it is copied', () => {
  it('leaves no copy', async () => {
    const { step, store, key, videos } = await openMadeVideo();
    let deleting: Promise<unknown> = Promise.resolve();
    videos.onOpen = () => {
      deleting = store.delete(key);
      return Readable.from(
        (async function* () {
          await deleting;
          yield Buffer.from('late');
        })(),
      );
    };
    await step();
    expect(await step()).toMatchObject({ next: 'end' });
    expect(videos.kept.size).toBe(0);
    expect(await store.find(key)).toBeUndefined();
  });
});
