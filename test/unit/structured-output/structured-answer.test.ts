import { describe, expect, it } from 'vitest';
import { StructuredOutputError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent, FinishEvent } from '../../../shared/chat/event.ts';
import type { AnswerFormat } from '../../../shared/chat/request.ts';
import { StructuredAnswer } from '../../../shared/structured-output/structured-answer.ts';

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: { city: { type: 'string' }, degrees: { type: 'integer' } },
  required: ['city'],
  additionalProperties: false,
};
const bySchema = { type: 'json-schema', name: 'weather', schema } as const satisfies AnswerFormat;
const stop: FinishEvent = { type: 'finish', reason: 'stop' };
const text = (words: string): ChatEvent => ({ type: 'text-delta', text: words });

/** What has gone on after each piece of the answer, the finish last. */
function answer(format: Exclude<AnswerFormat, { type: 'text' }>, pieces: readonly string[], finish = stop) {
  const filter = new StructuredAnswer(format);
  return [...pieces.map((piece) => filter.push([text(piece)])), filter.push([finish])];
}

describe('an answer by a schema', () => {
  it('is held back until it has been checked', () => {
    expect(answer(bySchema, ['{"city":', '"Oslo"}'])).toEqual([[], [], [text('{"city":"Oslo"}'), stop]]);
  });

  it.each([
    ['{"degrees": 3}', /city/],
    ['{"city": 7}', /\/city.*string/],
    ['{"city": "Oslo", "country": "Norway"}', /country/],
    ['["Oslo"]', /object/],
    ['It is cold in Oslo.', /not JSON/],
    ['', /not JSON/],
    ['{"city": "Osl', /not JSON/],
  ])('that does not fit is no good end: %s', (words, problem) => {
    const judge = () => answer(bySchema, [words]);
    expect(judge).toThrow(StructuredOutputError);
    expect(judge).toThrow(problem);
  });

  it.each([
    ["{'city': 'Oslo',}", '{"city": "Oslo"}'],
    ['{"city": "Oslo"', '{"city": "Oslo"}'],
  ])('is mended where that is safe: %s', (words, mended) => {
    const [, [released] = []] = answer(bySchema, [words]);
    expect(released?.type === 'text-delta' && JSON.parse(released.text)).toEqual(JSON.parse(mended));
  });

  it.each<FinishEvent>([
    { type: 'finish', reason: 'length' },
    { type: 'finish', reason: 'content-filter' },
    { type: 'finish', reason: 'stop', stopSequence: '}' },
  ])('that was cut comes as far as it got: %j', (finish) => {
    expect(answer(bySchema, ['{"ci'], finish)).toEqual([[], [text('{"ci'), finish]]);
  });

  it('may call tools first', () => {
    const filter = new StructuredAnswer(bySchema);
    const called: ChatEvent = { type: 'tool-call-start', id: 'call_1', name: 'f', input: 'json' };
    expect(filter.push([called, stop])).toEqual([called, stop]);
  });

  it('lets words before a call stay before it', () => {
    const filter = new StructuredAnswer(bySchema);
    const called: ChatEvent = { type: 'tool-call-start', id: 'call_1', name: 'f', input: 'json' };
    expect(filter.push([text('Let me '), text('look.'), called])).toEqual([text('Let me look.'), called]);
    expect(filter.push([stop])).toEqual([stop]);
  });

  it('that nests too deeply for any check is no good end', () => {
    const deep = { ...bySchema, schema: { $defs: { n: { items: { $ref: '#/$defs/n' } } }, $ref: '#/$defs/n' } };
    expect(() => answer(deep, [`${'['.repeat(100_000)}${']'.repeat(100_000)}`])).toThrow(StructuredOutputError);
  });

  it('by a schema that nobody can read is taken as it is', () => {
    const unreadable = { ...bySchema, schema: { $ref: '#/nowhere' } };
    expect(answer(unreadable, ['{}'])).toEqual([[], [text('{}'), stop]]);
  });
});

describe('an answer that must be JSON of any form', () => {
  it('streams', () => {
    expect(answer({ type: 'json' }, ['{"a"', ':1}'])).toEqual([[text('{"a"')], [text(':1}')], [stop]]);
  });

  it.each(['{"a":', 'Sorry.', ''])('and is not: %j', (words) => {
    expect(() => answer({ type: 'json' }, [words])).toThrow(StructuredOutputError);
  });
});
