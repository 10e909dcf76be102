import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { whenVideoOver } from '../support/videos.ts';

const model = 'qwen3.7-plus-video';
const content = 'A paper boat';
const messages = [{ role: 'user', content }];
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openGateway({ accounts: ['one@example.com', 'two@example.com'], env: { VIDEO_POLL_SECONDS: '1' } });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.simulator.control.videoPolls(1));

/** Each dialect's way to ask, and where its whole answer has the video. */
const doors: readonly (readonly [string, string, object])[] = [
  ['openai-chat', '/v1/chat/completions', { model, messages }],
  ['openai-responses', '/v1/responses', { model, input: content }],
  ['anthropic', '/v1/messages', { model, max_tokens: 100, messages }],
  ['native', '/api/chat', { chatType: 't2v', message: content, size: '9:16' }],
];

describe.each(doors)('a chat with a model for videos, in %s', (_name, path, body) => {
  it('answers with the video', async () => {
    const before = gateway.simulator.control.videos().length;
    const answer = await gateway.request('POST', path, body);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/\[Video\]\(http[^)]+mp4/)]);
    expect(answer.headers.get('x-video-id')).toMatch(/^video_/);
    expect(gateway.simulator.control.videos()).toHaveLength(before + 1);
  });

  it('streams the video', async () => {
    const answer = await gateway.request('POST', path, { ...body, stream: true });
    const text = await answer.text();
    expect(text).toMatch(/\[Video\]\(http[^)]+mp4/);
    expect(text).not.toMatch(/^:/m);
  });

  it('says what went wrong', async () => {
    gateway.simulator.control.videoPolls(2);
    gateway.simulator.control.fault({ fault: 'video-failed' });
    const answer = await gateway.request('POST', path, body);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('The video could not be generated.');
  });
});

describe('a chat for a video', () => {
  it('answers in Gemini’s form', async () => {
    const body = { contents: [{ role: 'user', parts: [{ text: content }] }] };
    const answer = await gateway.request('POST', `/v1beta/models/${model}:generateContent`, body);
    expect(await answer.text()).toMatch(/\[Video\]\(http/);
  });

  it('names the video beside the text, or its task at once, in the native form', async () => {
    const whole = await parsed(await gateway.request('POST', '/api/chat', { chatType: 't2v', message: content }));
    expect(whole).toMatchObject({ video_url: expect.stringMatching(/mp4/), task_id: expect.stringMatching(/^video_/) });
    const early = await gateway.request('POST', '/api/chat', {
      chatType: 't2v',
      message: content,
      waitForCompletion: false,
    });
    expect(early.status).toBe(202);
    const { task_id: id } = await parsed(early);
    expect((await whenVideoOver(gateway.openai, id)).status).toBe('completed');
    const task = await parsed(await gateway.request('GET', `/api/tasks/status/${id}`));
    expect(task.task_status).toBe('success');
  });

  it('is made also when its caller leaves', async () => {
    gateway.simulator.control.videoPolls(3);
    const controller = new AbortController();
    const answer = await fetch(`${gateway.runtime.url}/v1/chat/completions`, {
      method: 'POST',
      signal: controller.signal,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.adminKey}` },
      body: JSON.stringify({ model, messages, stream: true }),
    });
    const id = answer.headers.get('x-video-id') ?? '';
    controller.abort();
    expect((await whenVideoOver(gateway.openai, id)).status).toBe('completed');
  });

  it('is refused with pictures, without words, and with a model that makes none', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    for (const refused of [[{ role: 'user', content: [image] }], [{ role: 'user', content: ' ' }]]) {
      const answer = await gateway.request('POST', '/v1/chat/completions', { model, messages: refused });
      expect(answer.status).toBe(400);
    }
  });
});
