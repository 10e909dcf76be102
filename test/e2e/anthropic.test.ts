import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';
const user = (content: string) => [{ role: 'user' as const, content }];
const ask = (content: string) => ({ model, max_tokens: 1000, messages: user(content) });

const textOf = ({ content }: Anthropic.Message) =>
  content.map((block) => (block.type === 'text' ? block.text : `(${block.type})`)).join('');

/** The official client in both local modes. */
describe.each(['start', 'dev'] as const)('@anthropic-ai/sdk against npm run %s', (mode) => {
  let gateway: TestGateway;
  let anthropic: Anthropic;

  beforeAll(async () => {
    gateway = await openGateway({ mode });
    anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
  });
  afterAll(() => gateway.close());

  it('gives a whole answer', async () => {
    const message = await anthropic.messages.create(ask('repeat: all good'));
    expect(message).toMatchObject({
      id: expect.stringMatching(/^msg_\w{32}$/),
      type: 'message',
      role: 'assistant',
      model,
      content: [{ type: 'text', text: 'all good' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
    });
    expect(message.usage.input_tokens).toBeGreaterThan(0);
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });

  it('streams one as it comes', async () => {
    const stream = anthropic.messages.stream(ask('count to 20'));
    const pieces: string[] = [];
    stream.on('text', (delta) => pieces.push(delta));
    const message = await stream.finalMessage();
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe(textOf(message));
    expect(textOf(message).match(/\d+/g)).toHaveLength(20);
    expect(message.usage.input_tokens).toBeGreaterThan(0);
    expect(stream.request_id).toMatch(/\S{8}/);
  });

  it('tells of the input’s size in the head of a stream', async () => {
    const events = await Array.fromAsync(await anthropic.messages.create({ ...ask('repeat: x'), stream: true }));
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      ...events.slice(2, -3).map(() => 'content_block_delta'),
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    const [head] = events;
    expect(head?.type === 'message_start' && head.message.usage.input_tokens).toBeGreaterThan(0);
  });

  it('thinks when asked to, and takes its thinking back', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 } as const;
    const first = await anthropic.messages.stream({ ...ask('repeat: 42'), max_tokens: 4000, thinking }).finalMessage();
    expect(first.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(first.content[0]).toMatchObject({
      thinking: expect.stringMatching(/\w/),
      signature: expect.stringMatching(/./),
    });
    const second = await anthropic.messages.create({
      model,
      max_tokens: 4000,
      messages: [...user('repeat: 42'), { role: 'assistant', content: first.content }, ...user('repeat: 43')],
    });
    expect(second.content).toEqual([{ type: 'text', text: '43' }]);
  });

  it('stops where it is told to', async () => {
    const stopped = await anthropic.messages.create({ ...ask('count to 50'), stop_sequences: ['7'] });
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: '7' });
    expect(textOf(stopped)).toContain('6');
    const cut = await anthropic.messages.stream({ ...ask('count to 200'), max_tokens: 10 }).finalMessage();
    expect(cut.stop_reason).toBe('max_tokens');
  });

  it('raises the SDK’s own error classes', async () => {
    const stranger = new Anthropic({ baseURL: gateway.runtime.url, apiKey: 'sk-wrong', maxRetries: 0 });
    await expect(stranger.messages.create(ask('hi'))).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
    const unknown = { ...ask('hi'), model: 'no-such-model' };
    await expect(anthropic.messages.create(unknown)).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(anthropic.messages.stream(unknown).finalMessage()).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    const wrong = anthropic.messages.create({ ...ask('hi'), max_tokens: 0 });
    await expect(wrong).rejects.toMatchObject({
      status: 400,
      error: { type: 'error', error: { type: 'invalid_request_error', message: "'max_tokens' must be at least 1." } },
    });
  });
});
