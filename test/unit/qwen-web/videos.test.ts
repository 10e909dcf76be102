import { describe, expect, it } from 'vitest';
import { credentials } from './chat-request.ts';
import { fakeSite, json, page } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

const never = new AbortController().signal;
const request = { model: 'qwen3.7-plus', prompt: 'A paper boat', aspectRatio: '9:16' } as const;
const completions = 'POST /api/v2/chat/completions';
const taskId = '0b7a1d52-6c3e-4f88-9d20-5e7f8a9b0c1d';

describe('asking for a video', () => {
  it.each([
    ['the usual answer', json(fixtureText('video/create.json'))],
    ['a flat one', json(fixtureText('video/create-alt-flat.json'))],
    ['output.task_id', json({ success: true, data: { output: { task_id: taskId } } })],
    ['a list of results', json({ success: true, data: { results: [{ task_id: taskId }] } })],
    ['taskId', json({ taskId })],
  ])('finds the task in %s', async (_name, answer) => {
    const site = await fakeSite({ [completions]: answer });
    expect(await site.upstream.videos.createVideo('chat-1', request, credentials, never)).toBe(taskId);
    expect(site.calls[0]).toMatchObject({
      line: `${completions}?chat_id=chat-1`,
      body: { stream: false, size: '9:16', messages: [{ chat_type: 't2v', content: 'A paper boat' }] },
    });
  });

  it('takes an answer without a task for what it is', async () => {
    const site = await fakeSite({ [completions]: json({ success: true, data: { message_id: 'm' } }) });
    expect(await site.upstream.videos.createVideo('c', request, credentials, never)).toBeUndefined();
  });

  it.each([
    ['a quota with hours', json(fixtureText('video/create-ratelimited.json')), 'QuotaExhaustedError'],
    ['a signed-out account', json(fixtureText('video/task-unauthorized.json')), 'AccountUnauthorizedError'],
    ['a verification', page(fixtureText('waf/x5-punish.html')), 'ChallengeError'],
  ])('knows %s for a refusal', async (_name, answer, name) => {
    const site = await fakeSite({ [completions]: answer });
    await expect(site.upstream.videos.createVideo('c', request, credentials, never)).rejects.toMatchObject({ name });
  });

  it.each([
    ['the connection breaks', (response: { destroy(): void }) => response.destroy()],
    ['the site’s gateway gives up', page('<html>504</html>', 504)],
    ['the answer is cut off', json('{"success": true, "data": {"mess')],
  ])('does not know what became of it when %s', async (_name, answer) => {
    const site = await fakeSite({ [completions]: answer });
    await expect(site.upstream.videos.createVideo('c', request, credentials, never)).rejects.toMatchObject({
      name: 'ReplyLostError',
    });
  });
});

describe('the state of a video', () => {
  const stateOf = async (body: object | string) => {
    const site = await fakeSite({ [`GET /api/v1/tasks/status/${taskId}`]: json(body) });
    return site.upstream.videos.videoState(taskId, credentials, never);
  };

  it.each([
    ['task-pending', { type: 'waiting' }],
    ['task-running', { type: 'running' }],
    ['task-success', { type: 'succeeded', url: expect.stringMatching(/mp4\?key=/) }],
    ['task-success-uppercase', { type: 'succeeded', url: expect.stringMatching(/mp4\?key=/) }],
    ['task-failed', { type: 'failed', message: 'The video could not be generated.' }],
  ])('is read from %s', async (name, state) => {
    expect(await stateOf(fixtureText(`video/${name}.json`))).toEqual(state);
    expect(await stateOf({ success: true, data: JSON.parse(fixtureText(`video/${name}.json`)) })).toEqual(state);
  });

  it('is a failure also where an error stands beside it', async () => {
    expect(await stateOf({ task_status: 'error', error: 'too wild' })).toEqual({ type: 'failed', message: 'too wild' });
  });

  it.each([
    [fixtureText('video/task-unauthorized.json'), 'AccountUnauthorizedError'],
    [{ task_status: 'dreaming' }, 'UpstreamUnavailableError'],
    [{ task_status: 'success', content: '' }, 'UpstreamUnavailableError'],
  ])('is not told by %j', async (body, name) => {
    await expect(stateOf(body)).rejects.toMatchObject({ name });
  });
});

describe('the chat of a video', () => {
  const findIn = async (messages: object) => {
    const detail = { success: true, data: { id: 'c', chat: { history: { messages, currentId: null } } } };
    const site = await fakeSite({ 'GET /api/v2/chats/c': json(detail) });
    return site.upstream.videos.findVideo('c', credentials, never);
  };
  const question = { role: 'user', content: 'like https://example.com/a.mp4', task_id: 'not mine' };

  it('tells whether it was asked, of which task, and of the video', async () => {
    expect(await findIn({})).toEqual({ isAsked: false });
    expect(await findIn({ q: question })).toEqual({ isAsked: true });
    const asked = { role: 'assistant', content: '', extra: { wanx: { task_id: taskId } } };
    expect(await findIn({ q: question, a: asked })).toEqual({ isAsked: true, taskId });
    const url = 'https://cdn.qwenlm.ai/output/u/t2v/c/a.mp4?key=K';
    expect(await findIn({ q: question, a: { ...asked, content: url } })).toEqual({ isAsked: true, taskId, url });
    expect(await findIn({ a: { role: 'assistant', content: `Here: [video](${url})` } })).toEqual({
      isAsked: true,
      url,
    });
  });
});
