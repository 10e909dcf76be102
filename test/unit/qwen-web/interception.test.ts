import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolInterceptedError, TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { guardInterception } from '../../../shared/upstreams/qwen-web/interception.ts';

const finish: ChatEvent = { type: 'finish', reason: 'stop' };

function text(...pieces: readonly string[]): readonly (readonly ChatEvent[])[] {
  return pieces.map((piece) => [{ type: 'text-delta', text: piece }]);
}

/** What comes through, and the error at the end. */
async function guarded(batches: readonly (readonly ChatEvent[])[], error?: Error) {
  async function* source() {
    yield* batches;
    if (error !== undefined) throw error;
  }
  const passed: (readonly ChatEvent[])[] = [];
  try {
    for await (const batch of guardInterception(source())) passed.push(batch);
    return { passed, thrown: undefined };
  } catch (thrown) {
    return { passed, thrown };
  }
}

function joined(batches: readonly (readonly ChatEvent[])[]): string {
  return batches.flat().reduce((all, event) => (event.type === 'text-delta' ? all + event.text : all), '');
}

describe('guardInterception', () => {
  it.each([
    ['Tool get_weather does not exists.'],
    ['Tool get_weather does not exist.'],
    ['Tool mcp__a.b:c-d does not exists'],
    ['Tool x does not exists.\n'],
  ])('recognises %j wherever it is cut, and shows none of it', async (sentence) => {
    for (let cut = 0; cut <= sentence.length; cut++) {
      const batches = [...text(sentence.slice(0, cut), sentence.slice(cut)), [finish]];
      const { passed, thrown } = await guarded(batches);
      expect(thrown).toBeInstanceOf(ToolInterceptedError);
      expect(joined(passed)).toBe('');
    }
  });

  it.each([
    ['Tool use is a way to let models act.'],
    ['Tool get_weather does not exists. Shall I look elsewhere?'],
    ['Tools'],
    ['Tool '],
    ['Tool x does not exi'],
    ['The tool does not exist.'],
    ['Tool  does not exist.'],
    [`Tool ${'x'.repeat(300)} does not exists.`],
  ])('lets %j pass, wherever it is cut', async (answer) => {
    for (let cut = 0; cut <= answer.length; cut++) {
      const { passed, thrown } = await guarded([...text(answer.slice(0, cut), answer.slice(cut)), [finish]]);
      expect(thrown).toBeUndefined();
      expect(joined(passed)).toBe(answer);
      expect(passed.flat().at(-1)).toBe(finish);
    }
  });

  it('holds back no more than could be the sentence', async () => {
    const { passed } = await guarded(text('Tool use', ' is', ' fine'));
    expect(passed.map((batch) => joined([batch]))).toEqual(['Tool use is', ' fine']);
    expect((await guarded(text('Hello', ' there'))).passed).toHaveLength(2);
  });

  it('keeps the order of what is seen', async () => {
    const image: ChatEvent = { type: 'image', url: 'https://a' };
    const { passed } = await guarded([...text('Tool'), [image], ...text(' x'), [finish]]);
    expect(passed.flat().map(({ type }) => type)).toEqual(['text-delta', 'image', 'text-delta', 'finish']);
  });

  it('shows what was held when the answer breaks', async () => {
    const broken = new TruncatedAnswerError('cut');
    const { passed, thrown } = await guarded(text('Tool get_weather does'), broken);
    expect(thrown).toBe(broken);
    expect(joined(passed)).toBe('Tool get_weather does');
  });

  it('changes no other answer', async () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom('Tool ', 'x', ' does not', ' exists.'), fc.string()));
    await fc.assert(
      fc.asyncProperty(pieces, async (answer) => {
        const { passed, thrown } = await guarded([...text(...answer), [finish]]);
        if (!(thrown instanceof ToolInterceptedError)) expect(joined(passed)).toBe(answer.join(''));
        else expect(answer.join('')).toMatch(/^Tool \S+ does not exists?\.?\s*$/);
      }),
    );
  });
});
