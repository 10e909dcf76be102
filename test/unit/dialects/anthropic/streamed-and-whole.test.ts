import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import type { RecordedAnswer } from '../recorded-answers.ts';
import { asked, call, type eventsIn, finish, say, streamed, think, whole } from './asked.ts';

const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };

const pieces = fc.oneof<fc.Arbitrary<readonly ChatEvent[]>[]>(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => [say(text)]),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => [think(text)]),
  fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }).map((input) => {
    const text = JSON.stringify(input);
    return call('toolu', 'tool', text.slice(0, 3), text.slice(3)).filter(
      (event) => event.type !== 'tool-call-delta' || event.text !== '',
    );
  }),
);

/** Any answer, cut into batches anywhere. */
const answers: fc.Arbitrary<RecordedAnswer> = fc
  .tuple(fc.array(pieces, { maxLength: 8 }), fc.infiniteStream(fc.boolean()))
  .map(([groups, cuts]) => {
    const batches: ChatEvent[][] = [[]];
    for (const event of [...groups.flat(), finish]) {
      if (cuts.next().value) batches.push([]);
      batches.at(-1)?.push(event);
    }
    return batches;
  });

/** What a client makes of a stream. */
function gathered(events: readonly ReturnType<typeof eventsIn>[number][]) {
  const content: Record<string, unknown>[] = [];
  const inputs: string[] = [];
  for (const event of events) {
    if (event.type === 'content_block_start') {
      expect(event.index).toBe(content.length);
      content.push({ ...event.content_block });
      inputs.push('');
    }
    if (event.type !== 'content_block_delta') continue;
    expect(event.index).toBe(content.length - 1);
    const { type: _type, partial_json = '', ...rest } = event.delta;
    const block = content[event.index] ?? {};
    for (const [field, text] of Object.entries(rest)) block[field] = `${block[field]}${text}`;
    inputs[event.index] += partial_json;
  }
  for (const [index, block] of content.entries()) {
    if (block.type === 'tool_use') block.input = JSON.parse(inputs[index] || '{}');
  }
  return content;
}

describe('streamed and whole', () => {
  it('are the same answer, however it is cut', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom({}, thinking), (answer, body) => {
        const complete = streamed(answer, asked(body));
        const starts = complete.filter(({ type }) => type === 'content_block_start').length;
        expect(complete.filter(({ type }) => type === 'content_block_stop')).toHaveLength(starts);
        expect(gathered(complete)).toEqual(whole(answer, asked(body)).content);
      }),
    );
  });
});
