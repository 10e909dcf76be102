import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { asExpected, type CorpusCase, corpus, expectation, optionsOf } from './corpus.ts';
import { readAnswer } from './read-answer.ts';

const cases = corpus();
const counts = { recoverable: 0, recovered: 0, lookAlikes: 0, falseCalls: 0, crashes: 0 };

/** Reads a case and counts what became of it. */
function outcomeOf(one: CorpusCase): object {
  try {
    return asExpected(readAnswer([one.text], optionsOf(one)));
  } catch (error) {
    counts.crashes += 1;
    throw error;
  }
}

afterAll(() => {
  const { recoverable, recovered, lookAlikes, falseCalls, crashes } = counts;
  const rate = ((100 * recovered) / recoverable).toFixed(1);
  console.log(
    `tool calls: ${cases.length} cases, ${recovered} of ${recoverable} recovered (${rate} %), ` +
      `${falseCalls} false calls in ${lookAlikes} look-alikes, ${crashes} crashes`,
  );
});

describe.each([...new Set(cases.map(({ file }) => file))])('%s', (file) => {
  it.each(cases.filter((one) => one.file === file))('reads $name', (one) => {
    const outcome = outcomeOf(one);
    const expected = expectation(one);
    const right = isDeepStrictEqual(outcome, expected);
    if ((one.expect.calls ?? []).length > 0) {
      counts.recoverable += 1;
      if (right) counts.recovered += 1;
    } else if (file === 'look-alikes.jsonl') {
      counts.lookAlikes += 1;
      if (!right) counts.falseCalls += 1;
    }
    expect(outcome).toEqual(expected);
  });

  // All the tests' work, nearly: on a busy machine it takes its time.
  it('reads every case alike, wherever it is cut', { timeout: 120_000 }, () => {
    for (const one of cases.filter((other) => other.file === file)) {
      const options = optionsOf(one);
      const whole = readAnswer([one.text], options);
      expect(readAnswer(one.text.split(''), options), one.name).toEqual(whole);
      for (let cut = 1; cut < one.text.length; cut += 1) {
        const outcome = readAnswer([one.text.slice(0, cut), one.text.slice(cut)], options);
        if (!isDeepStrictEqual(outcome, whole)) expect(outcome, `${one.name}, cut at ${cut}`).toEqual(whole);
      }
    }
  });
});
