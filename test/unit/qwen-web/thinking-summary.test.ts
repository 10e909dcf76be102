import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinkingSummary } from '../../../shared/upstreams/qwen-web/thinking-summary.ts';

function extra(
  titles: readonly string[] | undefined,
  thoughts: readonly string[] | undefined,
): Record<string, unknown> {
  return {
    ...(titles === undefined ? {} : { summary_title: { content: titles } }),
    ...(thoughts === undefined ? {} : { summary_thought: { content: thoughts } }),
  };
}

describe('ThinkingSummary', () => {
  it('gives only what has grown', () => {
    const summary = new ThinkingSummary();
    expect(summary.read(extra(['One'], []))).toBe('One');
    expect(summary.read(extra(['One'], ['I th']))).toBe('\n\nI th');
    expect(summary.read(extra(['One'], ['I th']))).toBe('');
    expect(summary.read(extra(['One'], ['I think.']))).toBe('ink.');
    expect(summary.read(extra(['One', 'Two'], ['I think.', 'More']))).toBe('\n\nTwo\n\nMore');
  });

  it('begins anew when the arrays do', () => {
    const summary = new ThinkingSummary();
    summary.read(extra(['One', 'Two'], ['a', 'b']));
    expect(summary.read(extra(['Three'], ['c']))).toBe('\n\nThree\n\nc');
    expect(summary.read(extra(['Three'], ['cd']))).toBe('d');
  });

  it('takes a part that a frame leaves out as unchanged', () => {
    const summary = new ThinkingSummary();
    summary.read(extra(['One'], ['a']));
    expect(summary.read(extra(undefined, ['ab']))).toBe('b');
    expect(summary.read(extra(['One'], undefined))).toBe('');
    expect(summary.read(undefined)).toBe('');
  });

  it('puts what an earlier thought gains late into a paragraph of its own', () => {
    const summary = new ThinkingSummary();
    summary.read(extra(['One', 'Two'], ['a', 'b']));
    expect(summary.read(extra(['One', 'Two'], ['a, late', 'b']))).toBe('\n\n, late');
  });

  it('has no lines for what is empty', () => {
    const summary = new ThinkingSummary();
    expect(summary.read(extra([''], ['']))).toBe('');
    expect(summary.read(extra([''], ['only a thought']))).toBe('only a thought');
    expect(summary.read(extra(['', ''], ['only a thought', '']))).toBe('');
    expect(new ThinkingSummary().read(extra(['only a title'], ['']))).toBe('only a title');
  });

  it('renders a whole summary once, however it grew', () => {
    const words = fc.string({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(3)),
        (parts, steps) => {
          const summary = new ThinkingSummary();
          const titles: string[] = [];
          const thoughts: string[] = [];
          let text = '';
          for (const [title, thought] of parts) {
            titles.push(title);
            const index = thoughts.push('') - 1;
            text += summary.read(extra(titles, thoughts));
            for (let length = 0; length < thought.length; ) {
              length = Math.min(thought.length, length + (steps.next().value ?? 0) + 1);
              thoughts[index] = thought.slice(0, length);
              text += summary.read(extra(titles, thoughts));
            }
          }
          expect(text).toBe(parts.map(([title, thought]) => `${title}\n\n${thought}`).join('\n\n'));
        },
      ),
    );
  });
});
