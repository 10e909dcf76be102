import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateError } from '../../../local/step-functions/language/state-error.ts';
import { only, openMachines, task } from './machine.ts';

const output = async (definition: object, input: unknown, functions = {}) =>
  (await (await openMachines(definition, functions)).run(input)).end;

describe('Pass', () => {
  it.each([
    ['its input', {}, { a: 1 }],
    ['its result', { Result: { b: 2 } }, { b: 2 }],
    ['a result beside the input', { Result: 2, ResultPath: '$.x.y' }, { a: 1, x: { y: 2 } }],
    ['its input, its result dropped', { Result: 2, ResultPath: null }, { a: 1 }],
    ['a part of the input', { InputPath: '$.a' }, 1],
    ['nothing', { OutputPath: null }, {}],
    [
      'parameters from paths',
      { Parameters: { 'x.$': '$.a', y: [{ 'z.$': '$$.Execution.Name' }] } },
      { x: 1, y: [{ z: 'n' }] },
    ],
  ])('gives %s', async (_, state, expected) => {
    const { run } = await openMachines(only({ Type: 'Pass', ...state }));
    expect((await run({ a: 1 }, 'n')).end).toMatchObject({ status: 'SUCCEEDED', output: expected });
  });

  it('fails on a path that leads to nothing', async () => {
    expect(await output(only({ Type: 'Pass', InputPath: '$.b' }), { a: 1 })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('$.b'),
    });
  });
});

describe('Wait', () => {
  it.each([
    ['seconds', { Seconds: 7 }, 7000],
    ['seconds of a path', { SecondsPath: '$.seconds' }, 5000],
    ['until a time', { Timestamp: '2026-11-21T00:00:03Z' }, 3000],
    ['until a time of a path', { TimestampPath: '$.at' }, 4000],
  ])('waits %s and gives its input on', async (_, state, milliseconds) => {
    const { run, clock } = await openMachines(only({ Type: 'Wait', ...state }));
    const input = { seconds: 5, at: '2026-11-21T00:00:04Z' };
    expect((await run(input)).end).toMatchObject({ output: input });
    expect(clock.waits).toEqual([milliseconds]);
  });

  it('fails on what is no time', async () => {
    expect(await output(only({ Type: 'Wait', SecondsPath: '$.x' }), { x: 'soon' })).toMatchObject({ status: 'FAILED' });
  });
});

describe('Choice', () => {
  const choose = async (rule: object, input: unknown) => {
    const definition = {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: 'yes', End: true },
        No: { Type: 'Succeed' },
      },
    };
    return (await output(definition, input))?.output === 'yes';
  };

  it.each([
    [{ Variable: '$.n', NumericEquals: 3 }, true],
    [{ Variable: '$.n', NumericLessThan: 3 }, false],
    [{ Variable: '$.n', NumericLessThanEquals: 3 }, true],
    [{ Variable: '$.n', NumericGreaterThan: 2 }, true],
    [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.m' }, false],
    [{ Variable: '$.s', StringEquals: 'b' }, true],
    [{ Variable: '$.s', StringLessThan: 'a' }, false],
    [{ Variable: '$.s', NumericEquals: 3 }, false],
    [{ Variable: '$.t', BooleanEquals: true }, true],
    [{ Variable: '$.at', TimestampLessThan: '2027-01-01T00:00:00Z' }, true],
    [{ Variable: '$.gone', IsPresent: false }, true],
    [{ Variable: '$.s', IsString: true }, true],
    [{ Variable: '$.nothing', IsNull: true }, true],
    [
      {
        And: [
          { Variable: '$.n', IsNumeric: true },
          { Variable: '$.t', IsBoolean: true },
        ],
      },
      true,
    ],
    [
      {
        Or: [
          { Variable: '$.n', NumericEquals: 1 },
          { Variable: '$.n', NumericEquals: 3 },
        ],
      },
      true,
    ],
    [{ Not: { Variable: '$.n', NumericEquals: 3 } }, false],
  ])('%j', async (rule, expected) => {
    const input = { n: 3, m: 4, s: 'b', t: true, at: '2026-01-01T00:00:00Z', nothing: null };
    expect(await choose(rule, input)).toBe(expected);
  });

  it('compares numbers as numbers', () =>
    fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (n, m) => {
        expect(await choose({ Variable: '$.n', NumericGreaterThanPath: '$.m' }, { n, m })).toBe(n > m);
      }),
      { numRuns: 20 },
    ));

  it('without a rule that holds, and without a default, fails', async () => {
    const definition = {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'End' }] },
        End: { Type: 'Succeed' },
      },
    };
    expect(await output(definition, { n: 2 })).toMatchObject({ error: 'States.NoChoiceMatched' });
  });
});

describe('Task', () => {
  it('gives the function its payload and gives on what lambda:invoke gives', async () => {
    const double = (payload: { n: number }) => payload.n * 2;
    expect(await output(only(task('double')), { n: 4 }, { double })).toMatchObject({
      output: { ExecutedVersion: '$LATEST', Payload: 8, StatusCode: 200 },
    });
    const selected = task('double', { ResultSelector: { 'n.$': '$.Payload' }, ResultPath: '$.twice' });
    expect(await output(only(selected), { n: 4 }, { double })).toMatchObject({ output: { n: 4, twice: { n: 8 } } });
  });

  it('that nothing retries or catches ends the machine with the function’s error', async () => {
    const fail = () => {
      throw new StateError('Bad', 'very');
    };
    expect(await output(only(task('fail')), {}, { fail })).toMatchObject({
      status: 'FAILED',
      error: 'Bad',
      cause: 'very',
    });
  });

  it('that takes too long is given up', async () => {
    const hang = () => new Promise(() => {});
    const caught = task('hang', { TimeoutSeconds: 30, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] });
    expect(await output(only(caught), {}, { hang })).toMatchObject({ error: 'States.Timeout' });
  });
});

describe('Succeed, Fail and the machine’s own time', () => {
  it('end the machine', async () => {
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', CausePath: '$.why' } } };
    expect(await output(fail, { why: 'because' })).toMatchObject({ status: 'FAILED', error: 'E', cause: 'because' });
    const succeed = { StartAt: 'S', States: { S: { Type: 'Succeed', OutputPath: '$.a' } } };
    expect(await output(succeed, { a: [1] })).toMatchObject({ status: 'SUCCEEDED', output: [1] });
    const late = { TimeoutSeconds: 60, ...only(task('hang')) };
    expect(await output(late, {}, { hang: () => new Promise(() => {}) })).toMatchObject({ status: 'TIMED_OUT' });
  });
});
