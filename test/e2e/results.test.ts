import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { whenVideoOver } from '../support/videos.ts';

const model = 'qwen3.7-plus';
const toBucket = /\/results\/[^/]+\/video_\w+\.mp4\?.*X-Amz-Signature=/;
const order = { model, prompt: 'A paper boat' };

/** The downloads that the upstream has seen. */
const downloads = (gateway: TestGateway) =>
  gateway.simulator.control.requests().filter(({ route }) => route === 'download').length;

function addressOf(video: object): string {
  return 'url' in video ? String(video.url) : '';
}

describe.each(['start', 'dev'] as const)('results, in mode %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { VIDEO_POLL_SECONDS: '1' } });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.simulator.control.heal();
    gateway.simulator.control.videoPolls(1);
  });

  it('stay in the owner’s bucket, under links that are made anew each time', async () => {
    const { openai, simulator } = gateway;
    const { id } = await openai.videos.create(order);
    const done = await whenVideoOver(openai, id);
    expect(done.expires_at).toBeGreaterThan(Date.now() / 1000 + 6 * 24 * 3600);
    expect(addressOf(done)).toMatch(toBucket);
    const before = downloads(gateway);
    // The upstream's link is over, and nobody needs it.
    simulator.control.fault({ fault: 'forbidden-403', route: 'download', times: 100 });
    const content = await openai.videos.downloadContent(id);
    expect(content.headers.get('content-type')).toBe('video/mp4');
    const bytes = Buffer.from(await content.arrayBuffer());
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
    const part = await fetch(addressOf(done), { headers: { range: 'bytes=4-7' } });
    expect([part.status, await part.text()]).toEqual([206, 'ftyp']);
    expect(downloads(gateway)).toBe(before);
    const task = await parsed(await gateway.request('GET', `/api/tasks/status/${id}`));
    expect(task).toMatchObject({ task_status: 'success', content: expect.stringMatching(toBucket) });
    expect((await openai.videos.list({ limit: 1 })).data.map(addressOf)).toEqual([expect.stringMatching(toBucket)]);
  });

  it('are what chats show', async () => {
    const answer = await gateway.request('POST', '/v1/chat/completions', {
      model: `${model}-video`,
      messages: [{ role: 'user', content: 'A paper boat' }],
    });
    expect((await parsed(answer)).choices[0].message.content).toMatch(toBucket);
  });

  it('are deleted with their video', async () => {
    const { openai } = gateway;
    const { id } = await openai.videos.create(order);
    const url = addressOf(await whenVideoOver(openai, id));
    expect((await fetch(url)).status).toBe(200);
    const calls = gateway.simulator.control.requests().at(-1)?.number ?? 0;
    await openai.videos.delete(id);
    // What is deleted in the background is gone together.
    await gateway.simulator.control.waitFor(({ number, route }) => number > calls && route === 'chat-delete');
    await expect.poll(async () => (await fetch(url)).status).toBe(403);
  });

  it('are asked for again when the upstream’s link does not open at first', async () => {
    const { openai, simulator } = gateway;
    simulator.control.fault({ fault: 'forbidden-403', route: 'download', times: 1 });
    const done = await whenVideoOver(openai, (await openai.videos.create(order)).id);
    expect(done.status).toBe('completed');
    expect(addressOf(done)).toMatch(toBucket);
  });

  it('that nobody can have are no results', async () => {
    const { openai, simulator } = gateway;
    simulator.control.fault({ fault: 'forbidden-403', route: 'download', times: 100 });
    const failed = await whenVideoOver(openai, (await openai.videos.create(order)).id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'video_lost' } });
  });

  it('that can’t be copied are where the upstream has them, and their job says so', async () => {
    const { openai, simulator } = gateway;
    simulator.control.fault({ fault: 'gateway-502', route: 'download', times: 4 });
    const done = await whenVideoOver(openai, (await openai.videos.create(order)).id);
    expect(done).toMatchObject({ status: 'completed', copy_error: { code: 'not_copied' } });
    expect(addressOf(done)).toContain(simulator.url);
    expect((await openai.videos.downloadContent(done.id)).status).toBe(200);
  });

  it('are pictures too, in the format that was asked for', async () => {
    for (const [format, type] of [
      ['webp', 'image/webp'],
      ['png', 'image/png'],
    ] as const) {
      const picture = { model, prompt: 'A blue circle', response_format: 'url', output_format: format };
      const { data } = await parsed(await gateway.request('POST', '/v1/images/generations', picture));
      const copy = await fetch(data[0].url);
      expect([copy.status, copy.headers.get('content-type')]).toEqual([200, type]);
      expect(data[0].url).toContain('X-Amz-Signature=');
    }
  });
});

describe('without copies', () => {
  it('links lead to the upstream', async () => {
    const gateway = await openGateway({ env: { VIDEO_POLL_SECONDS: '1', RESULT_DAYS: '0' } });
    try {
      gateway.simulator.control.videoPolls(1);
      const done = await whenVideoOver(gateway.openai, (await gateway.openai.videos.create(order)).id);
      expect(addressOf(done)).toContain(gateway.simulator.url);
      const picture = { model, prompt: 'A blue circle', response_format: 'url' };
      const { data } = await parsed(await gateway.request('POST', '/v1/images/generations', picture));
      expect(data[0].url).toContain('/t2i/');
      expect(JSON.stringify(done)).not.toContain('copy_error');
    } finally {
      await gateway.close();
    }
  });
});
