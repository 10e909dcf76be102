import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';

/** The response once nothing about it changes any more. */
async function whenOver(openai: OpenAI, id: string): Promise<OpenAI.Responses.Response> {
  for (;;) {
    const response = await openai.responses.retrieve(id);
    if (response.status !== 'queued' && response.status !== 'in_progress') return response;
  }
}

describe.each(['start', 'dev'] as const)('responses in the background, by npm run %s', (mode) => {
  let gateway: TestGateway;
  let openai: OpenAI;

  beforeAll(async () => {
    gateway = await openGateway({ mode });
    openai = gateway.openai;
  });
  afterAll(() => gateway.close());

  it('answer at once, and are read when they are done', async () => {
    const asked = await openai.responses.create({ model, input: 'repeat: by and by', background: true });
    expect(asked).toMatchObject({ status: 'queued', background: true, output: [] });
    const done = await whenOver(openai, asked.id);
    expect(done).toMatchObject({
      id: asked.id,
      status: 'completed',
      output_text: 'by and by',
      created_at: asked.created_at,
    });
    expect(done.usage?.total_tokens).toBeGreaterThan(0);
    const next = await openai.responses.create({ model, input: 'repeat: on', previous_response_id: asked.id });
    expect(next.output_text).toBe('on');
  });

  it('can be followed as they are made, and from any event on', async () => {
    const stream = await openai.responses.create({ model, input: 'count to 3', background: true, stream: true });
    const events = await Array.fromAsync(stream);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const [first] = events;
    const last = events.at(-1);
    if (first?.type !== 'response.created' || last?.type !== 'response.completed') throw new Error('not whole');
    expect(last.response.status).toBe('completed');
    const rest = await openai.responses.retrieve(first.response.id, { stream: true, starting_after: 4 });
    expect(await Array.fromAsync(rest)).toEqual(events.slice(5));
  });

  it('stop upstream when they are cancelled', async () => {
    const { simulator } = gateway;
    simulator.control.script({ bulk: { chunks: 100_000, chunkText: 'word ', delayMs: 20 } });
    const { id } = await openai.responses.create({ model, input: 'go on for ever', background: true });
    const answering = (path: string) =>
      simulator.control.waitFor((entry) => entry.path.startsWith(path) && entry.chunks > 0);
    await answering('/api/v2/chat/completions');
    const cancelled = await openai.responses.cancel(id);
    expect(cancelled.status).toBe('cancelled');
    const stopped = await simulator.control.waitFor(({ outcome, chunks }) => outcome === 'client-gone' && chunks > 0);
    expect(stopped.chunks).toBeLessThan(100_000);
    expect((await openai.responses.cancel(id)).status).toBe('cancelled');
    expect((await openai.responses.retrieve(id)).status).toBe('cancelled');
  });

  it('fail with what went wrong', async () => {
    gateway.simulator.control.fault({ fault: 'data-inspection-input' });
    const { id } = await openai.responses.create({ model, input: 'something', background: true });
    const failed = await whenOver(openai, id);
    expect(failed).toMatchObject({
      status: 'failed',
      error: { code: 'invalid_prompt', message: expect.stringMatching(/.+/) },
    });
  });

  it('are refused before they begin when they can’t be made', async () => {
    await expect(openai.responses.create({ model: 'no-such', input: 'x', background: true })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    await expect(openai.responses.create({ model, input: 'x', background: true, store: false })).rejects.toMatchObject({
      status: 400,
      param: 'store',
    });
  });

  it('are cancelled only while they are made', async () => {
    const { id } = await openai.responses.create({ model, input: 'repeat: a', background: true });
    await whenOver(openai, id);
    const refused = await gateway.request('POST', `/v1/responses/${id}/cancel`);
    expect(refused.status).toBe(400);
    expect((await parsed(refused)).error.type).toBe('invalid_request_error');
  });
});
