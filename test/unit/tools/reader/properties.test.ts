import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import type { ToolDefinition } from '../../../../shared/chat/tool.ts';
import { repairArguments } from '../../../../shared/tools/reader/repair-arguments.ts';
import { type AnswerOptions, newReader, readAnswer } from './read-answer.ts';

const parameters = { type: 'object', properties: { path: { type: 'string' }, count: { type: 'integer' } } };
const definitions: readonly ToolDefinition[] = [
  { name: 'read_file', description: 'Reads.', parameters, input: 'json' },
  { name: 'list', description: 'Lists.', parameters: { type: 'object', properties: {} }, input: 'json' },
  { name: 'note', description: 'Keeps.', parameters: {}, input: 'text' },
];

const marks = [
  '[tool_call]',
  '[/tool_call]',
  '<tool_call>',
  '</tool_call>',
  '<tool_calls>',
  '```tool_call\n',
  '```json\n',
];
const tags = [
  '<function=read_file>',
  '</function>',
  '<parameter=path>',
  '</parameter>',
  '<tool_response>',
  '【tool_call】',
];
const structure = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  "'",
  '“',
  '”',
  '\\',
  '｛',
  '：',
  '//',
  '/*',
  '*/',
  '#',
  '`',
  '```',
  '~~~',
];
const words = [
  'name',
  '"name": "read_file"',
  '"arguments": {"path": "a"}',
  '"arguments":',
  '"input": "x"',
  'list',
  'note',
  'None',
  'x'.repeat(260),
  '5',
  '...',
];
const calls = [
  '{"name": "read_file", "arguments": {"path": "a"}}',
  '{"name": "nope", "arguments": {}}',
  '{"name": "list"}',
];
const blanks = [' ', '\n', '\r\n', '\t'];

const fragment = fc.oneof(
  fc.constantFrom(...marks, ...tags, ...calls),
  fc.constantFrom(...structure, ...blanks, ...words),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const answer = fc.array(fragment, { maxLength: 24 }).map((fragments) => fragments.join(''));
const choice = fc.constantFrom<NonNullable<AnswerOptions['choice']>>(
  { type: 'auto' },
  { type: 'auto' },
  { type: 'required' },
  { type: 'tool', name: 'list' },
);
const reason = fc.constantFrom<NonNullable<AnswerOptions['reason']>>('stop', 'stop', 'length');

function cutAt(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return sorted.slice(1).map((place, index) => text.slice(sorted[index], place));
}

const wraps: readonly ((json: string) => string)[] = [
  (json) => `[tool_call]${json}[/tool_call]`,
  (json) => `<tool_call>\n${json}\n</tool_call>`,
  (json) => `\`\`\`tool_call\n${json}\n\`\`\``,
  (json) => json,
];

describe('any answer', () => {
  it('is read alike however it is cut, and gives whole calls or one of two errors', () => {
    const property = fc.property(
      answer,
      fc.array(fc.nat(), { maxLength: 8 }),
      choice,
      reason,
      fc.boolean(),
      (...given) => {
        const [text, places, chosen, ending, parallel] = given;
        const options = { definitions, choice: chosen, reason: ending, parallel };
        const whole = readAnswer([text], options);
        expect(readAnswer(text.split(''), options)).toEqual(whole);
        expect(readAnswer(cutAt(text, places), options)).toEqual(whole);
        for (const call of whole.calls.filter(({ ended, input }) => ended && input === 'json')) {
          expect(JSON.parse(call.text)).toBeTypeOf('object');
          expect(call.text).toMatch(/^\{/);
        }
        if (!parallel) expect(whole.calls.length).toBeLessThan(2);
        if (ending === 'stop' && whole.error === undefined) expect(whole.calls.every(({ ended }) => ended)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: Number(process.env.RUNS ?? 3000) });
  });

  it('comes out as it is when it names no tool', () => {
    const harmless = fc.oneof(
      fc.constantFrom(...marks, ...structure, ...blanks, '</function>', '</parameter>', '{"city": "x"}', 'tool_call'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const text = fc.array(harmless, { maxLength: 30 }).map((fragments) => fragments.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 4 }), (said, places) => {
        expect(readAnswer(cutAt(said, places), { definitions })).toEqual({ text: said, calls: [], finish: 'stop' });
      }),
      { numRuns: Number(process.env.RUNS ?? 3000) },
    );
  });

  it('comes out as the same events when no tool may be called', () => {
    fc.assert(
      fc.property(answer, (text) => {
        const events: readonly ChatEvent[] = [
          { type: 'text-delta', text },
          { type: 'finish', reason: 'stop' },
        ];
        expect(newReader({ definitions, choice: { type: 'none' } }).push(events)).toBe(events);
        expect(newReader({ definitions: [] }).push(events)).toBe(events);
      }),
    );
  });
});

describe('any arguments', () => {
  const open: readonly ToolDefinition[] = [
    { name: 'any', description: '', parameters: { type: 'object' }, input: 'json' },
  ];
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

  it('come out as they went in, in every wrapping and however encoded', () => {
    const property = fc.property(
      object,
      fc.constantFrom(...wraps),
      fc.nat(2),
      fc.nat(2),
      (given, wrap, encodings, indent) => {
        let value: unknown = given;
        for (let count = 0; count < encodings; count += 1) value = JSON.stringify(value);
        const text = wrap(JSON.stringify({ name: 'any', arguments: value }, undefined, indent));
        const { calls } = readAnswer([text], { definitions: open });
        expect(calls.map((call) => JSON.parse(call.text))).toEqual([JSON.parse(JSON.stringify(given))]);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it('come out as they went in when they are free text', () => {
    const property = fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...wraps), (input, wrap) => {
      const text = wrap(JSON.stringify({ name: 'note', input }));
      expect(readAnswer(text.split(''), { definitions }).calls.map((call) => call.text)).toEqual([input]);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('repairArguments', () => {
  it('leaves valid JSON as it means', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        expect(JSON.parse(repairArguments(text) ?? 'null')).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives strict JSON or nothing for any text', () => {
    fc.assert(
      fc.property(answer, (text) => {
        const repaired = repairArguments(text);
        if (repaired !== undefined) expect(() => JSON.parse(repaired)).not.toThrow();
      }),
      { numRuns: Number(process.env.RUNS ?? 3000) },
    );
  });
});
