import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { readServerSentEvents, type ServerSentEvent } from '../support/server-sent-events.ts';
import { whenVideoOver } from '../support/videos.ts';

const watchers = 25;

/** The events of a whole stream. The strict reader knows no ids, as no dialect has them. */
function readEvents(text: string): readonly ServerSentEvent[] {
  return readServerSentEvents(text.replaceAll(/^id: \d+\n/gm, ''));
}

/** A stream of which something has come; `rest` is all of it that follows. */
async function begin(response: Response): Promise<{ readonly rest: () => Promise<string> }> {
  const pieces = response.body?.values();
  const decoder = new TextDecoder();
  const first = await pieces?.next();
  let text = decoder.decode(first?.value, { stream: true });
  return {
    rest: async () => {
      for await (const piece of pieces ?? []) text += decoder.decode(piece, { stream: true });
      return text;
    },
  };
}

describe.each(['start', 'dev'] as const)('the events of a video, with npm run %s', { timeout: 60_000 }, (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { VIDEO_POLL_SECONDS: '1', IDLE_EVENT_SECONDS: '1' } });
  });
  afterAll(() => gateway.close());

  const order = async (polls: number): Promise<string> => {
    gateway.simulator.control.videoPolls(polls);
    return (await parsed(await gateway.request('POST', '/v1/videos', { prompt: 'A paper boat' }))).id;
  };
  const watch = (id: string) => gateway.request('GET', `/v1/videos/${id}/events`);
  const whole = async (id: string) => readEvents(await (await watch(id)).text());
  /** Without what only keeps the stream alive. */
  const news = (events: readonly ServerSentEvent[]) =>
    events.flatMap(({ name }, index) => (name === events[index - 1]?.name ? [] : [name]));

  it('reach many watchers, also when one of them leaves', async () => {
    const id = await order(3);
    const controller = new AbortController();
    const headers = { authorization: `Bearer ${gateway.adminKey}` };
    const leaver = await fetch(`${gateway.runtime.url}/v1/videos/${id}/events`, { headers, signal: controller.signal });
    await begin(leaver);
    const seen = Array.from({ length: mode === 'dev' ? 5 : watchers }, () => whole(id));
    controller.abort();
    for (const events of await Promise.all(seen)) {
      expect(news(events).at(-1)).toBe('video.completed');
      expect(events.filter(({ name }) => name === 'video.completed')).toHaveLength(1);
    }
    expect((await whenVideoOver(gateway.openai, id)).status).toBe('completed');
  });

  it('keep a silent stream alive by the last event, and by no comment', async () => {
    const id = await order(3);
    const text = await (await watch(id)).text();
    expect(text).not.toMatch(/^:/m);
    const events = readEvents(text);
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    expect(new Set(ids).size).toBeLessThan(ids.length);
    for (const { name, data } of events) {
      const video = JSON.parse(data);
      expect([video.id, `video.${video.status}`]).toEqual([id, name]);
    }
    expect(news(events)).toEqual(['video.queued', 'video.in_progress', 'video.completed'].slice(-news(events).length));
  });

  it('end with the failure, and at once for what is over', async () => {
    gateway.simulator.control.fault({ fault: 'video-failed' });
    const id = await order(2);
    const last = (await whole(id)).at(-1);
    expect(last?.name).toBe('video.failed');
    expect(JSON.parse(last?.data ?? '').error.code).toBe('generation_failed');
    expect((await whole(id)).map(({ name }) => name)).toEqual(['video.failed']);
  });

  it('end with an error when the video is deleted', async () => {
    const id = await order(5);
    const { rest } = await begin(await watch(id));
    await gateway.openai.videos.delete(id);
    const last = readEvents(await rest()).at(-1);
    expect(last?.name).toBe('error');
    expect(JSON.parse(last?.data ?? '').error.code).toBe('video_not_found');
  });
});
