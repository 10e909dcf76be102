import { describe, expect, it } from 'vitest';
import { countMerged } from '../../../shared/tokens/count-merged.ts';
import { packVocabulary } from '../../../shared/tokens/pack-vocabulary.ts';
import { packedVocabulary } from '../../../shared/tokens/packed-vocabulary.ts';
import { readVocabulary } from '../../../shared/tokens/vocabulary.ts';

const file = (vocab: object) => JSON.stringify({ model: { vocab } });

describe('a vocabulary', () => {
  it('is packed by rank, with the bytes that its letters mean', () => {
    const packed = packVocabulary(file({ b: 1, a: 0, Ġa: 2, Ċ: 3, Ã: 4 }));
    expect([...readVocabulary(packed)]).toEqual([
      ['a', 0],
      ['b', 1],
      [' a', 2],
      ['\n', 3],
      ['\u00c3', 4],
    ]);
  });

  it.each([
    ['no JSON', 'nothing'],
    ['no vocabulary', '{"model":{}}'],
    ['no model', '[]'],
    ['another alphabet', file({ a: 0, '▁the': 1 })],
    ['gaps', file({ a: 0, b: 2 })],
  ])('that is %s is refused', (_, json) => {
    expect(() => packVocabulary(json)).toThrow();
  });

  it('is Qwen’s whole one, each byte a token', () => {
    const vocabulary = readVocabulary(packedVocabulary());
    expect(vocabulary.size).toBe(151_643);
    for (let byte = 0; byte < 256; byte += 1) expect(vocabulary.has(String.fromCharCode(byte))).toBe(true);
    expect(vocabulary.get('in')).toBe(258);
  });
});

describe('merging', () => {
  const vocabulary = new Map(['a', 'b', 'c', 'bc', 'ab', 'abc'].map((token, rank) => [token, rank] as const));

  it.each([
    ['abc', 1],
    ['ab', 1],
    ['abab', 2],
    // The lower rank first: a+bc, which make one token, and not ab+c.
    ['abcb', 2],
    ['cba', 3],
    ['aabcc', 3],
    ['xyz', 3],
    ['', 0],
  ])('makes %j %i tokens', (bytes, count) => {
    expect(countMerged(bytes, vocabulary)).toBe(count);
  });

  it('takes the left one of two alike', () => {
    const runs = new Map(['a', 'aa', 'aaa'].map((token, rank) => [token, rank] as const));
    expect(countMerged('aaaaa', runs)).toBe(2);
  });
});
