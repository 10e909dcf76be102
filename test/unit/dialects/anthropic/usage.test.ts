import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { asked, call, finish, say, streamed, whole } from './asked.ts';

describe('usage', () => {
  const told: ChatEvent = {
    type: 'usage',
    usage: { inputTokens: 900, outputTokens: 40, totalTokens: 940, cachedTokens: 300, reasoningTokens: 25 },
  };

  it('counts cached tokens apart, and tells of thinking', () => {
    const usage = {
      input_tokens: 600,
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 0,
      output_tokens: 40,
      output_tokens_details: { thinking_tokens: 25 },
    };
    expect(streamed([[say('a'), told], [finish]]).at(-2)).toMatchObject({ usage });
    expect(whole([[say('a'), told], [finish]]).usage).toEqual(usage);
  });

  it('is in the head already, when it has come by then', () => {
    const [head] = streamed([[say('a'), told], [finish]]);
    expect(head.message.usage).toMatchObject({ input_tokens: 600, cache_read_input_tokens: 300 });
  });

  it('is estimated before it has come, and corrected at the end', () => {
    const read = asked({
      system: 'x'.repeat(4000),
      tools: [{ name: 'now', description: 'y'.repeat(400), input_schema: {} }],
      messages: [
        { role: 'user', content: '日'.repeat(160) },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'now', input: { z: 'z'.repeat(400) } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'w'.repeat(400) }] },
      ],
    });
    const events = streamed([[say('a')], [told], [finish]], read);
    expect(events[0].message.usage.input_tokens).toBeGreaterThan(1350);
    expect(events[0].message.usage.input_tokens).toBeLessThan(1500);
    expect(events.at(-2).usage.input_tokens).toBe(600);
  });

  it('is never missing', () => {
    const answer = [[say('x'.repeat(20)), ...call('t', 'now', '{"abc":1}')], [finish]];
    for (const usage of [streamed(answer).at(-2).usage, whole(answer).usage]) {
      expect(usage).toMatchObject({ input_tokens: 1, output_tokens: 8 });
    }
  });
});
