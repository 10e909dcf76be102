import type OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { whenVideoOver } from '../support/videos.ts';

const accounts = ['one@example.com', 'two@example.com', 'three@example.com'];
const model = 'qwen3.7-plus';
const otherKey = 'sk-test-other-key-0123456789';
let gateway: TestGateway;
let openai: OpenAI;

beforeAll(async () => {
  gateway = await openGateway({ accounts, env: { VIDEO_POLL_SECONDS: '1', API_KEYS: otherKey } });
  openai = gateway.openai;
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.simulator.control.heal();
  gateway.simulator.control.videoPolls(1);
});

const order = (more: object = {}, headers: Record<string, string> = {}) =>
  gateway.request(
    'POST',
    '/v1/videos',
    { model, prompt: 'A paper boat', ...more },
    { authorization: `Bearer ${gateway.adminKey}`, ...headers },
  );

/** The events of a whole stream, with their ids. */
async function eventsOf(response: Response) {
  return [...(await response.text()).matchAll(/^id: (\d+)\nevent: (\S+)\ndata: /gm)].map(([, id, event]) => ({
    id,
    event,
  }));
}

describe('the official package', () => {
  it('creates a video, asks until it is there, and downloads it', async () => {
    const before = gateway.simulator.control.videos().length;
    const asked = await openai.videos.create({
      model: 'sora-2',
      prompt: 'A paper boat',
      size: '720x1280',
      seconds: '4',
    });
    expect(asked).toMatchObject({
      object: 'video',
      status: 'queued',
      progress: 0,
      model: 'sora-2',
      size: '720x1280',
      seconds: '4',
      error: null,
    });
    const done = await whenVideoOver(openai, asked.id);
    expect(done).toMatchObject({ id: asked.id, status: 'completed', progress: 100, created_at: asked.created_at });
    const content = await openai.videos.downloadContent(asked.id);
    expect(content.headers.get('content-type')).toBe('video/mp4');
    expect((await content.arrayBuffer()).byteLength).toBeGreaterThan(0);
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
    const [sent] = gateway.simulator.control.requests().filter(({ route }) => route === 'completion');
    expect(sent?.body).toMatchObject({ stream: false, size: '9:16', messages: [{ chat_type: 't2v' }] });
  });

  it('lists videos page by page, and deletes them with their chat', async () => {
    const ids: string[] = [];
    for (const prompt of ['one', 'two', 'three']) ids.push((await openai.videos.create({ model, prompt })).id);
    await Promise.all(ids.map((id) => whenVideoOver(openai, id)));
    const newest = await openai.videos.list({ limit: 2 });
    expect(newest.data.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 2));
    expect(newest.has_more).toBe(true);
    const next = await newest.getNextPage();
    expect(next.data[0]?.id).toBe(ids[0]);
    const [oldest] = (await openai.videos.list({ order: 'asc', limit: 1, after: ids[0] ?? '' })).data;
    expect(oldest?.id).toBe(ids[1]);

    const chat = gateway.simulator.control.videos().find(({ prompt }) => prompt === 'three')?.chatId;
    expect(await openai.videos.delete(ids[2] ?? '')).toEqual({ id: ids[2], object: 'video.deleted', deleted: true });
    await expect(openai.videos.retrieve(ids[2] ?? '')).rejects.toMatchObject({ status: 404, code: 'video_not_found' });
    await expect(openai.videos.delete(ids[2] ?? '')).rejects.toMatchObject({ status: 404 });
    await gateway.simulator.control.waitFor(({ route, path }) => route === 'chat-delete' && path.endsWith(chat ?? '?'));
  });
});

describe('an Idempotency-Key', () => {
  it('makes one video of a hundred creations at once', async () => {
    const before = gateway.simulator.control.videos().length;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => order({}, { 'idempotency-key': 'one and the same' })),
    );
    const videos = await Promise.all(answers.map(parsed));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(videos.map(({ id }) => id)).size).toBe(1);
    await whenVideoOver(openai, videos[0].id);
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
  });

  it('stands for one body', async () => {
    const key = { 'idempotency-key': 'another' };
    const { id } = await parsed(await order({ prompt: 'A boat' }, key));
    expect((await parsed(await order({ prompt: 'A boat' }, key))).id).toBe(id);
    const refused = await order({ prompt: 'A train' }, key);
    expect(refused.status).toBe(409);
    expect((await parsed(refused)).error).toMatchObject({ code: 'idempotency_conflict', type: 'idempotency_error' });
    await openai.videos.delete(id);
    expect((await order({ prompt: 'A boat' }, key)).status).toBe(404);
  });
});

describe('what the upstream does', () => {
  const failing = async (rule: Parameters<typeof gateway.simulator.control.fault>[0], more: object = {}) => {
    gateway.simulator.control.fault(rule);
    return whenVideoOver(openai, (await parsed(await order(more))).id);
  };

  it('is found again when its reply is lost, and not asked twice', async () => {
    const before = gateway.simulator.control.videos().length;
    const done = await failing({ fault: 'video-reply-lost' });
    expect(done.status).toBe('completed');
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
  });

  it('is asked again when the request was lost before it was taken', async () => {
    const before = gateway.simulator.control.videos().length;
    expect((await failing({ fault: 'reset', route: 'completion' })).status).toBe('completed');
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
  });

  it('fails with its own words', async () => {
    gateway.simulator.control.videoPolls(2);
    const failed = await failing({ fault: 'video-failed' });
    expect(failed).toMatchObject({
      status: 'failed',
      error: { code: 'generation_failed', message: 'The video could not be generated.' },
    });
    await expect(openai.videos.downloadContent(failed.id)).rejects.toMatchObject({ status: 400, code: 'video_failed' });
  });

  it('is not mistaken for failed when asking for it fails', async () => {
    gateway.simulator.control.fault({ fault: 'gateway-502', route: 'task', times: 4 });
    expect((await failing({ fault: 'internal-500', route: 'task', times: 2 })).status).toBe('completed');
  });

  it('is looked for with another account when a quota is used up, and only then', async () => {
    const before = gateway.simulator.control.videos().length;
    expect((await failing({ fault: 'rate-limited', num: 16 })).status).toBe('completed');
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
    const states = (await parsed(await gateway.request('GET', '/admin/accounts'))).data;
    expect(JSON.stringify(states)).toContain('video');
  });
});

describe('other ways to a video', () => {
  it('is waited for on request', async () => {
    const answer = await order({ wait: true });
    const body = await parsed(answer);
    expect(body).toMatchObject({ status: 'completed', progress: 100, data: [{ url: expect.stringMatching(/^http/) }] });
    expect(answer.headers.get('openai-poll-after-ms')).toBeNull();
  });

  it('tells when to ask again, and is followed by its events', async () => {
    gateway.simulator.control.videoPolls(2);
    const asked = await order();
    expect(asked.headers.get('openai-poll-after-ms')).toBe('5000');
    const { id } = await parsed(asked);
    const events = await eventsOf(await gateway.request('GET', `/v1/videos/${id}/events`));
    expect(events.at(-1)?.event).toBe('video.completed');
    const rest = await eventsOf(
      await gateway.request('GET', `/v1/videos/${id}/events`, undefined, {
        authorization: `Bearer ${gateway.adminKey}`,
        'last-event-id': String(events.at(-2)?.id),
      }),
    );
    expect(rest.map(({ event }) => event)).toEqual(['video.completed']);
  });

  it('has a state in the form of the site', async () => {
    const { id } = await parsed(await order({ wait: true }));
    const polls = gateway.simulator.control.requests().length;
    const task = await parsed(await gateway.request('GET', `/api/tasks/status/${id}`));
    expect(task).toMatchObject({
      chat_type: 't2v',
      task_id: id,
      task_status: 'success',
      content: expect.stringMatching(/mp4/),
    });
    expect(gateway.simulator.control.requests()).toHaveLength(polls);
  });
});

describe('what can’t be done', () => {
  it.each([
    [{ prompt: '' }, 'prompt'],
    [{ prompt: 'x'.repeat(10_001) }, 'prompt'],
    [{ size: 'huge' }, 'size'],
    [{ seconds: '0' }, 'seconds'],
    [{ seconds: 'long' }, 'seconds'],
    [{ input_reference: { image_url: 'https://example.com/a.png' } }, 'input_reference'],
    [{ webhook_url: 7 }, 'webhook_url'],
    [{ model: 'no-such-model' }, 'model'],
  ])('%j is refused by its field', async (more, param) => {
    const refused = await order(more);
    expect([400, 404]).toContain(refused.status);
    expect((await parsed(refused)).error).toMatchObject({ param, message: expect.stringMatching(/.+/) });
  });

  it.each(['input_reference', 'input_reference[image_url]', 'input_reference[file_id]'])(
    'is refused as a form with %s',
    async (field) => {
      const body = new FormData();
      body.set('prompt', 'A paper boat');
      body.set(field, field === 'input_reference' ? new File(['x'], 'a.png') : 'https://example.com/a.png');
      const headers = { authorization: `Bearer ${gateway.adminKey}` };
      const refused = await fetch(`${gateway.runtime.url}/v1/videos`, { method: 'POST', body, headers });
      expect([refused.status, (await parsed(refused)).error.param]).toEqual([400, 'input_reference']);
    },
  );

  it.each([
    ['POST', '/v1/videos/edits'],
    ['POST', '/v1/videos/extensions'],
    ['POST', '/v1/videos/characters'],
    ['GET', '/v1/videos/characters/char_1'],
  ])('is said in words: %s %s', async (method, path) => {
    const refused = await gateway.request(method, path, method === 'GET' ? undefined : { prompt: 'x' });
    expect([refused.status, (await parsed(refused)).error]).toMatchObject([
      400,
      { code: 'invalid_request', message: expect.stringContaining('POST /v1/videos') },
    ]);
  });

  it('is another key’s video, in any way', async () => {
    const { id } = await parsed(await order());
    const headers = { authorization: `Bearer ${otherKey}` };
    for (const [method, path] of [
      ['GET', `/v1/videos/${id}`],
      ['GET', `/v1/videos/${id}/content`],
      ['GET', `/v1/videos/${id}/events`],
      ['GET', `/api/tasks/status/${id}`],
      ['DELETE', `/v1/videos/${id}`],
    ] as const) {
      const refused = await gateway.request(method, path, undefined, headers);
      expect([path, refused.status]).toEqual([path, 404]);
      expect((await parsed(refused)).error.code).toBe('video_not_found');
    }
    const others = await gateway.request('GET', '/v1/videos', undefined, headers);
    expect((await parsed(others)).data).toEqual([]);
    const own = { 'idempotency-key': 'of two keys' };
    const ids = await Promise.all(
      [headers, { authorization: `Bearer ${gateway.adminKey}` }].map(
        async (key) => (await parsed(await order({}, { ...own, ...key }))).id,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('is nobody’s video but the one’s who ordered it', async () => {
    const { id } = await parsed(await order());
    for (const path of [`/v1/videos/video_${'0'.repeat(36)}`, '/v1/videos/x', `/api/tasks/status/0b7a1d52`]) {
      expect((await gateway.request('GET', path)).status).toBe(404);
    }
    await openai.videos.delete(id);
    expect((await gateway.request('GET', `/v1/videos/${id}/content`)).status).toBe(404);
  });

  it('says so: remixes, other variants, and videos that are not ready', async () => {
    gateway.simulator.control.videoPolls(3);
    const { id } = await parsed(await order());
    const early = await gateway.request('GET', `/v1/videos/${id}/content`);
    expect(early.status).toBe(409);
    expect(early.headers.get('x-should-retry')).toBe('false');
    expect((await gateway.request('GET', `/v1/videos/${id}/content?variant=thumbnail`)).status).toBe(400);
    await expect(openai.videos.remix(id, { prompt: 'more' })).rejects.toMatchObject({ status: 400 });
    expect((await whenVideoOver(openai, id)).status).toBe('completed');
  });
});
