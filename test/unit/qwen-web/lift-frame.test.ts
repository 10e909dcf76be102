import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameLift } from '../../../shared/upstreams/qwen-web/lift-frame.ts';
import { fixtureText } from './fixtures.ts';

const lift = createFrameLift('answer-1');

/** JSON in the site's spacing. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`);
  return `{${fields.join(', ')}}`;
}

function frame(
  content: string,
  usage: object = { input_tokens: 1, output_tokens_details: { text_tokens: 2 } },
): string {
  return spaced({
    choices: [{ delta: { role: 'assistant', content, phase: 'answer', status: 'typing' } }],
    response_id: 'answer-1',
    usage,
    timestamp: 1795000000,
  });
}

describe('the lift of a typical frame', () => {
  it('finds what a full parse finds, in every text', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', '\\', ', "phase": "answer"', '}', 'é', '🙂', '\n', 'a') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), nasty), (content) => {
        const lifted = lift(frame(content));
        expect(lifted?.text).toBe(content);
        expect(JSON.parse(lifted?.usage ?? '')).toEqual({ input_tokens: 1, output_tokens_details: { text_tokens: 2 } });
      }),
    );
  });

  it('takes a blank at the end', () => {
    expect(lift(`${frame('a')} `)?.text).toBe('a');
  });

  it.each([
    ['another answer', frame('a').replace('answer-1', 'answer-2')],
    ['an answer id that goes on', frame('a').replace('answer-1', 'answer-11')],
    ['another phase', frame('a').replace('"phase": "answer"', '"phase": "think"')],
    ['the end', frame('').replace('typing', 'finished')],
    ['other spacing', JSON.stringify(JSON.parse(frame('a')))],
    ['other fields in the delta', frame('a').replace('"phase"', '"name": "x", "phase"')],
    ['an error beside the counts', frame('a').replace('"timestamp"', '"error": {"code": "x"}, "timestamp"')],
    ['no counts', frame('a').replace(/"usage": .*\}, /, '')],
    ['empty counts', frame('a', {})],
    ['a broken text', frame('a').replace('"a"', '"a\\"')],
    ['a text that was closed before', frame('a').replace('"a"', '"a", "note": "b"')],
    ['something after the time', frame('a').replace(/\}$/, ', "success": false}')],
    ['a cut frame', frame('a').slice(0, -5)],
    ['nothing', ''],
  ])('leaves %s to the full parse', (_name, payload) => {
    expect(lift(payload)).toBeUndefined();
  });

  it('fits the recorded form of the site', () => {
    const lines = fixtureText('sse/t2t-plain.sse').split('\n');
    const liftRecorded = createFrameLift('c4a2f6d8-7e19-4b3b-a0d5-2f9e61b7c302');
    const payloads = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
    expect(payloads.map((payload) => liftRecorded(payload)?.text)).toEqual([
      undefined,
      ...['Hel', 'lo', ' there', '. \n\nQwen ', 'speaks ', '日本', '語 and ', 'emoji 🙂'],
      ', also "quotes" and \\backslash\\',
      ...['.\n', '', '', undefined],
    ]);
  });
});
