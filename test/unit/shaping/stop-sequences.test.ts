import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopSequences } from '../../../shared/chat/shaping/stop-sequences.ts';
import { answerOf, cutTexts, finish, reasoning, shape, text, usage } from './shape-pieces.ts';

/** The rule, on the whole text: cut before the sequence that is complete first; of several, the longest. */
function naive(answer: string, sequences: readonly string[]): string {
  for (let end = 1; end <= answer.length; end += 1) {
    const complete = sequences.filter((sequence) => answer.slice(0, end).endsWith(sequence));
    if (complete.length > 0) return answer.slice(0, end - Math.max(...complete.map(({ length }) => length)));
  }
  return answer;
}

describe('stop sequences', () => {
  it.each([
    ['one END two', ['END'], 'one '],
    ['END', ['END'], ''],
    ['ENDEND', ['ENDEND', 'END'], ''],
    ['aaab', ['aab'], 'a'],
    ['abcabd', ['abd'], 'abc'],
    ['xabcd', ['abcd', 'bc'], 'xa'],
    ['xabc', ['c', 'abc', 'bc'], 'x'],
    ['1\n\n2', ['\n\n'], '1'],
    ['日本🙂語', ['🙂'], '日本'],
    ['nothing', ['END'], 'nothing'],
    ['almost EN', ['END'], 'almost EN'],
  ])('in %j with %j leave %j', async (answer, stop, left) => {
    const shaped = await shape(answerOf([[...answer].map((character) => character)]), { stop });
    expect({ text: shaped.text, finish: shaped.finish }).toEqual({ text: left, finish: 'stop' });
    expect(naive(answer, stop)).toBe(left);
  });

  it('are found the same wherever the text is cut', async () => {
    const sequence = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
    const stops = fc.array(sequence, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cutTexts(['a', 'b', 'b', 'c']), stops, async (pieces, stop) => {
        const answer = pieces.flat().join('');
        const shaped = await shape(answerOf(pieces), { stop });
        expect(shaped.text).toBe(naive(answer, stop));
        expect(shaped.batches.flat().filter((event) => event.type === 'finish')).toHaveLength(1);
        expect(shaped.readToEnd).toBe(shaped.text === answer && naive(`${answer}`, stop) === answer);
      }),
      { numRuns: 500 },
    );
  });

  it('hold back nothing but what may still become one', () => {
    const filter = new StopSequences(['END', 'STOP']);
    const shown = (piece: string) => filter.push([text(piece)]);
    expect(shown('abc')).toEqual([text('abc')]);
    expect(shown('x E')).toEqual([text('x ')]);
    expect(shown('N')).toEqual([]);
    expect(shown('E')).toEqual([text('EN')]);
    expect(shown(' ST')).toEqual([text('E ')]);
    expect(filter.push([finish])).toEqual([text('ST'), finish]);
  });

  it('hold back text before a picture no longer than it takes', () => {
    const filter = new StopSequences(['END']);
    const picture = { type: 'image', url: 'https://a.example/1.png' } as const;
    expect(filter.push([text('EN'), picture, text('D')])).toEqual([text('EN'), picture, text('D')]);
    expect(filter.ended).toBe(false);
  });

  it('are not looked for in the thinking', async () => {
    const shaped = await shape([[reasoning('the END'), text('yes')], [finish]], { stop: ['END'] });
    expect(shaped).toMatchObject({ reasoning: 'the END', text: 'yes', readToEnd: true });
  });

  it('end the answer at once, keep the counts of that batch, and leave the upstream', async () => {
    const shaped = await shape(
      [[text('a'), usage(1)], [text('bEND'), reasoning('r'), usage(2), text('c')], [text('d'), usage(9)], [finish]],
      {
        stop: ['END'],
      },
    );
    expect(shaped.batches).toEqual([
      [text('a'), usage(1)],
      [text('b'), usage(2), { ...finish, stopSequence: 'END' }],
    ]);
    expect(shaped.readToEnd).toBe(false);
  });

  it('cost the same for nasty overlaps in small pieces as the text is long', () => {
    const filter = new StopSequences([`${'a'.repeat(50_000)}b`]);
    let shown = 0;
    for (let index = 0; index < 200_000; index += 1) {
      for (const event of filter.push([text('a')])) shown += event.type === 'text-delta' ? event.text.length : 0;
    }
    expect(shown).toBe(150_000);
  });
});
