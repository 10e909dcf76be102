import { describe, expect, it } from 'vitest';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { eventStreamResponse } from '../../../shared/http/http-response.ts';
import { idleText } from './handlers.ts';
import { openWorld } from './world.ts';

describe('what it costs', () => {
  it('of a streamed answer of 2,000 tokens in 40 seconds', async () => {
    const { clock, instance } = openWorld();
    const chunk = (index: number) =>
      `data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1795000000,` +
      `"model":"qwen3.7-plus","choices":[{"index":0,"delta":{"content":" word${index * 7919}"},"finish_reason":null}]}\n\n`;
    const handle: RouteHandler = async () => {
      async function* pieces(): AsyncGenerator<string, void, undefined> {
        for (let index = 0; index < 400; index += 1) {
          await clock.delay(100);
          yield Array.from({ length: 5 }, (_, token) => chunk(index * 5 + token)).join('');
        }
        yield 'data: [DONE]\n\n';
      }
      return eventStreamResponse({ pieces: pieces(), idle: () => idleText, idleAfter: 15_000, abandon: () => {} });
    };
    const [maker, follower, later] = [instance(), instance(), instance()];
    const [got] = await clock.until(Promise.all([maker.ask(handle), clock.delay(50).then(() => follower.ask(handle))]));
    const replayed = await clock.until(later.ask(handle));
    expect(replayed.text).toBe(got.text);
    const facts = { bytes: got.text.length, written: maker.calls, following: follower.calls, replaying: later.calls };
    process.stdout.write(`2,000 tokens in 40 s: ${JSON.stringify(facts)}\n`);
    // A claim, the head, a piece a second, the lease every ten, the end.
    expect(maker.calls.writes).toBeLessThanOrEqual(50);
    expect(maker.calls.bytes).toBeLessThan(got.text.length / 4);
    expect(later.calls).toEqual({ reads: 2, writes: 1, bytes: expect.any(Number) });
  }, 60_000);
});
