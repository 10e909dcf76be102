import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { JsonOnly } from '../../../shared/chat/shaping/json-only.ts';
import { answerOf, cutTexts, finish, reasoning, shape, text } from './shape-pieces.ts';

/** Where JSON begins, on the whole text: at a line's begin any object or array, within a line the likely ones. */
const begin = /(?<=^[ \t\r]*)(?:\{(?=\s*["}])|\[(?=\s*[\]{["\-0-9tfn]))|\{(?=\s*")|\[(?=\s*\{)/m;

/** The rule, on the whole text: from the begin to the bracket that closes it. */
function naive(answer: string): string {
  const from = begin.exec(answer)?.index;
  if (from === undefined) return answer;
  let depth = 0;
  for (const token of answer.slice(from).matchAll(/"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[[{]|[\]}]/g)) {
    if (/^[[{]/.test(token[0])) depth += 1;
    if (/^[\]}]/.test(token[0])) depth -= 1;
    if (depth === 0) return answer.slice(from, from + token.index + 1);
  }
  return answer.slice(from);
}

describe('bare JSON', () => {
  it.each([
    ['{"a":1}', '{"a":1}'],
    ['```json\n{"a":1}\n```', '{"a":1}'],
    ['```\n[1, 2]\n```\n', '[1, 2]'],
    ['Sure! Here it is:\n\n```json\n{ "a": "}" }\n```\nAnything else?', '{ "a": "}" }'],
    ['The object {"a": {"b": []}} is it.', '{"a": {"b": []}}'],
    ['Answer: [{"a":1},{"a":2}] done', '[{"a":1},{"a":2}]'],
    ['The set {x, y} and page [1] say:\n{"a":"[[1]]"}', '{"a":"[[1]]"}'],
    ['{"a":"\\"}{"}', '{"a":"\\"}{"}'],
    ['  {\n  "a": 1\n}  ', '{\n  "a": 1\n}'],
    ['{}', '{}'],
    ['[]', '[]'],
    ['{"a":1}\n{"b":2}', '{"a":1}'],
    ['{"a":[1', '{"a":[1'],
  ])('of %j is %j', async (answer, json) => {
    expect((await shape(answerOf([[...answer]]), { json: true })).text).toBe(json);
    expect((await shape(answerOf([[answer]]), { json: true })).text).toBe(json);
    expect(naive(answer)).toBe(json);
  });

  it.each(['I can not answer that.', '"text"', '42', 'use {x} or [y]', '', 'ends with {', '[', '{ \n'])(
    'that never begins leaves the text as it is: %j',
    async (answer) => {
      const shaped = await shape(answerOf([[...answer]]), { json: true });
      expect({ text: shaped.text, finish: shaped.finish }).toEqual({ text: answer, finish: 'stop' });
    },
  );

  it('is the same wherever the text is cut', async () => {
    const alphabet = ['{', '[', ']', '}', '"', '\\', '\n', ' ', '1', 'a', ':', '{"', '{"a":"', '```json\n'];
    await fc.assert(
      fc.asyncProperty(cutTexts(alphabet), async (pieces) => {
        const shaped = await shape(answerOf(pieces), { json: true });
        expect(shaped.text).toBe(naive(pieces.flat().join('')));
        expect(shaped.readToEnd).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is found in any wrapping', async () => {
    const json = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    const before = fc.constantFrom('', '```json\n', 'Here you are:\n', '1. First [2] {note}\n\n```\n');
    const after = fc.constantFrom('', '\n```', '\n\nI hope {"this"} helps [1].');
    await fc.assert(
      fc.asyncProperty(json, before, after, fc.integer({ min: 1, max: 9 }), async (value, head, tail, size) => {
        const written = JSON.stringify(value, null, size % 3);
        const answer = head + written + tail;
        const pieces = answer.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        expect((await shape(answerOf([pieces]), { json: true })).text).toBe(written);
      }),
    );
  });

  it('goes out as it comes', () => {
    const filter = new JsonOnly();
    expect(filter.push([text('Here: {')])).toEqual([]);
    expect(filter.push([text('"a"')])).toEqual([text('{"a"')]);
    expect(filter.push([text(':1}\n```')])).toEqual([text(':1}')]);
    expect(filter.push([text('bye'), finish])).toEqual([finish]);
  });

  it('lets words before a call stay before it', () => {
    const filter = new JsonOnly();
    const call: ChatEvent = { type: 'tool-call-start', id: 'call_1', name: 'f', input: 'json' };
    expect(filter.push([text('Let me look.'), call])).toEqual([text('Let me look.'), call]);
    expect(filter.push([text('So: {"a":1}.'), finish])).toEqual([text('{"a":1}'), finish]);
  });

  it('leaves everything but text alone', async () => {
    const shaped = await shape([[reasoning('{"thought"}'), text('x')], [finish]], { json: true });
    expect(shaped).toMatchObject({ reasoning: '{"thought"}', text: 'x' });
  });

  it('that is too long is cut like any text', async () => {
    const shaped = await shape(answerOf([['```json\n{"a":"bbbbbbbbbbbbbbbb"}\n```']]), { json: true, max: 4 });
    expect(shaped).toMatchObject({ text: '{"a":"bb', finish: 'length' });
  });

  it('is where stop sequences are looked for', async () => {
    const shaped = await shape(answerOf([['```json\n{"a": 1}\n```']]), { json: true, stop: ['```'] });
    expect(shaped).toMatchObject({ text: '{"a": 1}', finish: 'stop' });
  });
});
