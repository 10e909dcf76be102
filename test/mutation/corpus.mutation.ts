import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asExpected, type CorpusCase, corpus, expectation, optionsOf } from '../unit/tools/reader/corpus.ts';
import { readAnswer } from '../unit/tools/reader/read-answer.ts';

// The corpus of answers in few tests that are over soon: every mutant of the reader runs them.

const cases = corpus();

/** @returns the name of the first case that is not read as expected. */
function firstWrong(file: string, piecesOf: (text: string) => readonly string[]): string | undefined {
  const own = cases.filter((one) => one.file === file);
  return own.find((one) => !isRight(one, piecesOf(one.text)))?.name;
}

function isRight(one: CorpusCase, pieces: readonly string[]): boolean {
  return isDeepStrictEqual(asExpected(readAnswer(pieces, optionsOf(one))), expectation(one));
}

describe.each([...new Set(cases.map(({ file }) => file))])('%s', (file) => {
  it('is read as expected', () => {
    expect(firstWrong(file, (text) => [text])).toBeUndefined();
  });

  it('is read alike, character by character', () => {
    expect(firstWrong(file, (text) => text.split(''))).toBeUndefined();
  });
});
