import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { callWith, clientsOf, type MadeKey, makeKeys, soon } from '../support/made-keys.ts';

const model = 'qwen3.7-plus';
const messages = [{ role: 'user' as const, content: 'repeat: one two three' }];
const names = ['one', 'two', 'gone'] as const;

interface Counts {
  requests: number;
  prompt: number;
  completion: number;
}

describe.each(['start', 'dev'] as const)('usage in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  let keyOf: (name: (typeof names)[number]) => MadeKey;
  const seen = new Map<string, Counts>();
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    callWith(gateway, method, path, body, key);

  /** Adds what a client has seen to what the gateway must have written down. */
  function see(name: string, prompt: number | undefined, completion: number | undefined): void {
    if (prompt === undefined || completion === undefined) throw new Error('The SDK has seen no usage.');
    const sum = seen.get(name) ?? { requests: 0, prompt: 0, completion: 0 };
    seen.set(name, {
      requests: sum.requests + 1,
      prompt: sum.prompt + prompt,
      completion: sum.completion + completion,
    });
  }

  async function usageOf(query: string) {
    const { status, body } = await call('GET', `/admin/usage?${query}`);
    expect(status).toBe(200);
    return body;
  }

  beforeAll(async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    gateway = await openGateway({ mode, env: { RECORD_CONTENT_UNTIL: until } });
    keyOf = await makeKeys(gateway, { one: {}, two: {}, gone: {} });
    for (const name of names) {
      const { openai, anthropic } = clientsOf(gateway, keyOf(name).key);
      const whole = await openai.chat.completions.create({ model, messages });
      see(name, whole.usage?.prompt_tokens, whole.usage?.completion_tokens);
      const stream = await openai.chat.completions.create({
        model,
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const { usage } of stream) if (usage) see(name, usage.prompt_tokens, usage.completion_tokens);
      if (name !== 'one') continue;
      const message = await anthropic.messages.create({ model, max_tokens: 1000, messages });
      see(name, message.usage.input_tokens, message.usage.output_tokens);
    }
    await call('DELETE', `/admin/keys/${keyOf('gone').id}`);
  });
  afterAll(() => gateway.close());

  it('is by key exactly what the SDKs were told', async () => {
    await soon(async () => {
      const { data, totals } = await usageOf('group_by=key');
      for (const name of names) {
        const { requests = 0, prompt = 0, completion = 0 } = seen.get(name) ?? {};
        const own = data.find(({ key }: { key: string }) => key === keyOf(name).id);
        expect(own).toMatchObject({
          key_name: name === 'gone' ? null : name,
          requests,
          errors: 0,
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: prompt + completion,
          tokens_by_source: { upstream: prompt + completion, tokenizer: 0, estimate: 0 },
        });
      }
      expect(totals.requests).toBe(7);
    });
  });

  it('adds up to the same by day, model and account, and as CSV', async () => {
    const all = await usageOf('group_by=');
    expect(all).toMatchObject({ object: 'usage', time_zone: 'UTC', group_by: [], data: [all.totals] });
    const fine = await usageOf('group_by=day,model,key,account');
    expect(fine.totals).toEqual(all.totals);
    expect(fine.data.every(({ account }: { account: string | null }) => account !== null)).toBe(true);
    const csv = await gateway.request('GET', '/admin/usage?group_by=model&format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const [head = '', line = '', ...rest] = (await csv.text()).split('\r\n');
    expect(rest).toEqual(['']);
    const column = (name: string) => line.split(',')[head.split(',').indexOf(name)];
    expect([column('model'), column('requests')]).toEqual([model, '7']);
    expect(column('total_tokens')).toBe(String(all.totals.total_tokens));
  });

  it('of its own is open to every key, and that of others to none', async () => {
    const { key } = keyOf('two');
    const own = await call('GET', '/api/usage', undefined, key);
    expect(own.body.totals).toMatchObject({ requests: 2, total_tokens: sumOf(seen.get('two')) });
    for (const query of ['key=x', 'group_by=account', 'account=a']) {
      expect((await call('GET', `/api/usage?${query}`, undefined, key)).status).toBe(400);
    }
    for (const path of ['/admin/usage', '/admin/requests', '/admin/requests/x', '/admin/jobs', '/admin/jobs/x']) {
      expect((await call('GET', path, undefined, key)).status).toBe(403);
    }
    expect((await call('GET', '/admin/usage?from=2020-01-01')).body.error.param).toBe('from');
  });

  it('has one request for each call, newest first, with what was said while that is wanted', async () => {
    const missing = await call('POST', '/v1/chat/completions', ask('hi', { model: 'nothing' }), keyOf('one').key);
    expect(missing.status).toBe(404);
    await soon(async () => expect((await call('GET', '/admin/requests')).body.data).toHaveLength(8));
    const ids: string[] = [];
    for (let after = '', more = true; more; after = ids.at(-1) ?? '') {
      const { body } = await call('GET', `/admin/requests?limit=3&after=${after}`);
      ids.push(...body.data.map(({ id }: { id: string }) => id));
      more = body.has_more;
    }
    expect(new Set(ids).size).toBe(8);
    const { body: failed } = await call('GET', '/admin/requests?status=error');
    expect(failed.data).toMatchObject([{ id: ids[0], status: 404, error_code: 'model_not_found', key_name: 'one' }]);
    const { body: good } = await call('GET', `/admin/requests?status=ok&key=${keyOf('two').id}`);
    expect(good.data).toHaveLength(2);
    for (const request of good.data) {
      expect(request).toMatchObject({ object: 'request', kind: 'chat', model, status: 200, has_content: true });
      const { body } = await call('GET', `/admin/requests/${request.id}`);
      expect(JSON.parse(body.content.request).messages).toEqual(messages);
      expect(body.content.answer).toContain(request.stream ? 'data: [DONE]' : '"one two three"');
    }
    expect((await call('GET', '/admin/requests/req-mi0000000-x')).body.error.code).toBe('request_not_found');
  });
});

function sumOf(counts: Counts | undefined): number {
  return (counts?.prompt ?? 0) + (counts?.completion ?? 0);
}

describe('jobs', { timeout: 120_000 }, () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ env: { VIDEO_POLL_SECONDS: '1' } });
  });
  afterAll(() => gateway.close());

  const get = async (path: string) => parsed(await gateway.request('GET', path));

  it('show videos and pictures of all callers, with previews that open', async () => {
    const keyOf = await makeKeys(gateway, { one: {} });
    const { openai } = clientsOf(gateway, keyOf('one').key);
    await openai.images.generate({ model, prompt: 'a bird', n: 2 });
    const video = await openai.videos.create({ model, prompt: 'a bird in the wind' });
    await soon(async () => expect((await get('/admin/jobs?status=completed&kind=video')).data).toHaveLength(1));
    const { data } = await get('/admin/jobs');
    expect(data).toMatchObject([
      {
        object: 'job',
        id: video.id,
        kind: 'video',
        status: 'completed',
        progress: 100,
        prompt: 'a bird in the wind',
        key: keyOf('one').id,
        key_name: 'one',
      },
      { kind: 'image', status: 'completed', key_name: 'one', prompt: null },
    ]);
    expect(data[1].previews).toHaveLength(2);
    for (const { previews } of data) {
      for (const { url, type } of previews) {
        const shown = await fetch(url);
        expect(shown.status).toBe(200);
        expect(shown.headers.get('content-type')).toBe(type);
        await shown.arrayBuffer();
      }
    }
    expect(await get(`/admin/jobs/${data[1].id}`)).toMatchObject({ id: data[1].id, kind: 'image' });
    expect(await parsed(await gateway.request('POST', `/admin/jobs/${video.id}/cancel`))).toMatchObject({
      error: { code: 'job_over' },
    });
    expect(await parsed(await gateway.request('DELETE', `/admin/jobs/${video.id}`))).toEqual({
      object: 'job.deleted',
      id: video.id,
      deleted: true,
    });
    expect((await get(`/admin/jobs/${video.id}`)).error.code).toBe('job_not_found');
    // As S3 answers where nobody may list.
    expect((await fetch(data[0].previews[0].url)).status).toBe(403);
  });

  it('can be cancelled: the caller finds the video failed, and it is charged to nobody', async () => {
    gateway.simulator.control.videoPolls(1000);
    const { openai } = gateway;
    const video = await openai.videos.create({ model, prompt: 'a long film' });
    await soon(async () => expect((await get(`/admin/jobs/${video.id}`)).status).toBe('in_progress'));
    const cancelled = await parsed(await gateway.request('POST', `/admin/jobs/${video.id}/cancel`));
    expect(cancelled).toMatchObject({ id: video.id, status: 'cancelled', error: { code: 'cancelled' }, previews: [] });
    expect(await openai.videos.retrieve(video.id)).toMatchObject({ status: 'failed', error: { code: 'cancelled' } });
    expect((await get('/admin/jobs?status=cancelled')).data).toMatchObject([{ id: video.id }]);
    await soon(async () => {
      const { data } = await get(`/admin/requests?request_id=${video.id}`);
      expect(data).toMatchObject([{ kind: 'video', error_code: 'cancelled', video_seconds: 0 }]);
    });
    const { data } = await get('/admin/audit');
    const acts = data.map(({ act, target, outcome }: Record<string, string>) => [act, target, outcome]);
    expect(acts).toContainEqual(['job.cancel', video.id, 'done']);
  });
});
