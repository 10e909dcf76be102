import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotDefence } from '../../../shared/upstreams/qwen-web/snapshot-defence.ts';

function shown(chunks: readonly string[]): string {
  const defence = new SnapshotDefence();
  return chunks.map((chunk) => defence.push(chunk)).join('') + defence.flush();
}

/** Cuts of a text as increments. */
const increments = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 6 }), { maxLength: 8 });

describe('SnapshotDefence', () => {
  it('gives increments as they are', () => {
    fc.assert(
      fc.property(increments, (chunks) => {
        const filled = chunks.filter((chunk) => chunk !== '');
        // Two increments in a row that each begin with the whole one before are the one thing that it must misread.
        const isAmbiguous =
          filled.length >= 3 && filled.slice(1).every((chunk, index) => grows(filled[index] ?? '', chunk));
        fc.pre(!isAmbiguous);
        expect(shown(chunks)).toBe(chunks.join(''));
      }),
    );
  });

  it.each([
    ['ha', 'ha'],
    ['ha', 'haha'],
    ['ha', 'haha', 'hahaha', 'hahahaha'],
    ['#', '##', '###'],
    ['1', '1', '10'],
    ['The', 'Then', 'x'],
    ['', 'a', '', 'a'],
  ])('never eats repeated text: %j', (...chunks) => {
    expect(shown(chunks)).toBe(chunks.join(''));
  });

  it('gives each part of growing snapshots once', () => {
    const sentence = 'The quick brown fox jumps over the lazy dog, and then it rests in the shade.';
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: sentence.length }), { minLength: 3 }), (ends) => {
        const lengths = [...ends].sort((a, b) => a - b);
        const snapshots = lengths.map((length) => sentence.slice(0, length));
        expect(shown(snapshots)).toBe(snapshots.at(-1));
      }),
    );
  });

  it('shows snapshots as they grow once it knows them, and takes repeated ones', () => {
    const defence = new SnapshotDefence();
    const given = ['Once upon', 'Once upon a time there', 'Once upon a time there was'].map((c) => defence.push(c));
    expect(given).toEqual(['Once upon', '', ' a time there was']);
    expect(defence.push('Once upon a time there was')).toBe('');
    expect(defence.push('Once upon a time there was a fox')).toBe(' a fox');
    expect(defence.push(' that slept')).toBe(' that slept');
    expect(defence.push('Once upon a time there was a fox that slept well')).toBe(' well');
  });

  it('holds nothing of an ordinary answer', () => {
    const defence = new SnapshotDefence();
    expect(['Hello', ', how', ' are you today'].map((chunk) => defence.push(chunk))).toEqual([
      'Hello',
      ', how',
      ' are you today',
    ]);
  });
});

function grows(before: string, after: string): boolean {
  return after.length > before.length && after.startsWith(before);
}
