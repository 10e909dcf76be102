import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { answerOf, cutTexts, finish, reasoning, shape, text, usage } from './shape-pieces.ts';

describe('a token limit by the upstream’s counts', () => {
  it('cuts the piece in which it is reached in proportion', async () => {
    const answer = [
      [text('0123456789'), usage(10)],
      [text('abcdefghij'), usage(20)],
      [text('more'), usage(24)],
      [finish],
    ];
    const shaped = await shape(answer, { max: 15 });
    expect(shaped.batches).toEqual([
      [text('0123456789'), usage(10)],
      [text('abcde'), usage(20), { type: 'finish', reason: 'length' }],
    ]);
    expect(shaped.readToEnd).toBe(false);
  });

  it('leaves an answer alone that just keeps to it', async () => {
    const answer = [[text('0123456789'), usage(10)], [usage(10)], [finish]];
    expect(await shape(answer, { max: 10 })).toMatchObject({ text: '0123456789', finish: 'stop', readToEnd: true });
  });

  it('ends before the next word once it is reached', async () => {
    const answer = [[text('0123456789'), usage(10)], [text('ab'), usage(11)], [finish]];
    expect(await shape(answer, { max: 10 })).toMatchObject({ text: '0123456789', finish: 'length' });
  });

  it('counts text and reasoning together', async () => {
    const answer = [[reasoning('rrrr'), usage(4)], [reasoning('ssss'), text('tttt'), usage(12)], [finish]];
    expect(await shape(answer, { max: 10 })).toMatchObject({ reasoning: 'rrrrssss', text: 'tt', finish: 'length' });
  });

  it('is reached by thinking that shows no text', async () => {
    const answer = [[reasoning('r'), usage(4)], [usage(400)], [text('late'), usage(410)], [finish]];
    expect(await shape(answer, { max: 100 })).toMatchObject({ text: '', finish: 'length', outputTokens: 400 });
  });

  it('cuts no character in two', async () => {
    const answer = [[text('🙂🙂🙂🙂'), usage(8)], [finish]];
    expect((await shape(answer, { max: 3 })).text).toBe('🙂');
  });

  it('begins again where the counts do', async () => {
    const answer = [
      [reasoning('rrrr'), usage(90, 100)],
      [text('0123456789'), usage(10, 900)],
      [text('abcd'), usage(200, 900)],
      [finish],
    ];
    expect(await shape(answer, { max: 105 })).toMatchObject({ text: '0123456789ab', finish: 'length' });
    const second = [[reasoning('rrrr'), usage(90, 100)], [text('0123456789'), usage(200, 900)], [finish]];
    expect((await shape(second, { max: 100 })).text).toBe('01234');
  });

  it('calls nothing cut when nothing was', async () => {
    const answer = [[text('short')], [usage(999), finish]];
    expect(await shape(answer, { max: 5 })).toMatchObject({ text: 'short', finish: 'stop', outputTokens: 999 });
  });

  it('keeps what else stood before the cut, and drops what stood behind', async () => {
    const sources: ChatEvent = { type: 'sources', sources: [] };
    const picture: ChatEvent = { type: 'image', url: 'https://a.example/1.png' };
    const answer = [[sources, text('01234567'), picture, usage(8), text('x'), usage(9)], [finish]];
    const shaped = await shape(answer, { max: 4 });
    expect(shaped.batches).toEqual([[sources, text('0123'), usage(8), usage(9), { type: 'finish', reason: 'length' }]]);
  });
});

describe('a token limit without counts', () => {
  it.each([
    ['0123456789', 2, '01234567'],
    ['日本語日本語日本語', 2, '日本語'],
    ['🙂🙂', 1, '🙂'],
    ['', 1, ''],
  ])('is estimated: %j by %d tokens', async (answer, max, left) => {
    const shaped = await shape(answerOf([[...answer]]), { max });
    expect({ text: shaped.text, finish: shaped.finish }).toEqual({
      text: left,
      finish: answer === left ? 'stop' : 'length',
    });
  });

  it('estimates only what was not counted yet', async () => {
    const answer = [[text('a'.repeat(20))], [text('a'.repeat(80)), usage(5)], [text('b'.repeat(40))], [finish]];
    expect((await shape(answer, { max: 10 })).text).toBe('a'.repeat(100) + 'b'.repeat(20));
  });

  it('cuts the same wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(cutTexts(['abcd', 'x', '日', '🙂']), fc.integer({ min: 1, max: 20 }), async (pieces, max) => {
        const whole = pieces.flat().join('');
        const once = await shape(answerOf([[whole]]), { max });
        const cut = await shape(answerOf(pieces), { max });
        expect(cut.text).toBe(once.text);
        expect(cut.finish).toBe(once.finish);
        expect(whole.startsWith(cut.text)).toBe(true);
        expect(cut.finish).toBe(cut.text === whole ? 'stop' : 'length');
      }),
    );
  });
});

describe('any counts', () => {
  it('never let more through than they allow, nor change what they let through', async () => {
    const step = fc.record({ piece: fc.string({ maxLength: 8 }), tokens: fc.nat(6), counted: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step), fc.integer({ min: 1, max: 30 }), async (steps, max) => {
        let total = 0;
        const batches = steps.map(({ piece, tokens, counted }) => {
          total += tokens;
          return counted ? [text(piece), usage(total)] : [text(piece)];
        });
        const shaped = await shape([...batches, [finish]], { max });
        const whole = steps.map(({ piece }) => piece).join('');
        expect(whole.startsWith(shaped.text)).toBe(true);
        expect(shaped.batches.flat().filter((event) => event.type === 'finish')).toHaveLength(1);
        if (shaped.finish === 'stop') expect(shaped.text).toBe(whole);
      }),
    );
  });
});
