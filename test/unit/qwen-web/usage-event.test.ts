import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usageEvent } from '../../../shared/upstreams/qwen-web/usage-event.ts';
import { fixtureText } from './fixtures.ts';

const recorded =
  '{"input_tokens": 812, "output_tokens": 145, "characters": 0, "total_tokens": 957, "input_tokens_details": {"text_tokens": 812}, "output_tokens_details": {"reasoning_tokens": 40, "text_tokens": 105}}';

/** Whether the counts wait for somebody to ask. */
function isLate(json: string): boolean {
  const event = usageEvent(json);
  return event !== undefined && Object.getOwnPropertyDescriptor(event, 'usage')?.get !== undefined;
}

describe('usageEvent', () => {
  it('reads recorded counts when they are asked for', () => {
    expect(isLate(recorded)).toBe(true);
    expect(usageEvent(recorded)).toEqual({
      type: 'usage',
      usage: { inputTokens: 812, outputTokens: 145, totalTokens: 957, reasoningTokens: 40 },
    });
  });

  it('reads them once', () => {
    const event = usageEvent(recorded);
    expect(event?.usage).toBe(event?.usage);
  });

  it('knows the spelling of every recorded stream', () => {
    const counts = ['t2t-plain', 't2t-thinking-summary', 'search-web'].flatMap((name) =>
      [...fixtureText(`sse/${name}.sse`).matchAll(/"usage": (\{"input_tokens".*?\}\})/g)].map(([, json = '']) => json),
    );
    expect(counts.length).toBeGreaterThan(10);
    expect(counts.filter((json) => !isLate(json))).toEqual([]);
  });

  it.each([
    ['other spacing', JSON.stringify(JSON.parse(recorded))],
    ['another order', '{"output_tokens": 5, "input_tokens": 7}'],
    ['null in a field', '{"input_tokens": 7, "output_tokens": 5, "characters": null}'],
    ['a fraction', '{"input_tokens": 7, "output_tokens": 5, "seconds": 0.5}'],
  ])('reads counts with %s at once', (_name, json) => {
    expect(isLate(json)).toBe(false);
    expect(usageEvent(json)).toEqual(usageEvent(JSON.parse(json)));
  });

  it.each([
    ['no JSON', '{"input_tokens": 7'],
    ['a comma too many', '{"input_tokens": 7, }'],
    ['an open object', '{"input_tokens": 7, "input_tokens_details": {"text_tokens": 7}'],
    ['no counts', '{}'],
    ['nothing', ''],
  ])('tells of nothing for %s', (_name, json) => {
    expect(usageEvent(json)).toBeUndefined();
  });

  it('takes parsed counts, and tells of nothing when there are none', () => {
    expect(usageEvent({ prompt_tokens: 3, completion_tokens: 4 })?.usage).toMatchObject({ totalTokens: 7 });
    expect(usageEvent({ characters: 3 })).toBeUndefined();
  });

  it('waits only for what a parser takes', () => {
    const piece = fc.constantFrom('{', '}', ', ', '"a"', ': ', '1', '22', '"input_tokens": ', '"b": {', '-', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const json = `{"input_tokens": 1${pieces.join('')}}`;
        if (isLate(json)) expect(JSON.parse(json)).toMatchObject({ input_tokens: expect.any(Number) });
      }),
      { numRuns: 2000 },
    );
  });
});
