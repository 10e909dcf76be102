import { describe, expect, it } from 'vitest';
import { StateError } from '../../../local/step-functions/language/state-error.ts';
import { only, openMachines, task } from './machine.ts';

/** A function that throws these errors one after the other, then gives `ok`. */
function failing(...errors: readonly string[]): (payload: unknown, call: number) => string {
  return (_, call) => {
    const error = errors[call - 1];
    if (error !== undefined) throw new StateError(error, `call ${call}`);
    return 'ok';
  };
}

const retry = (more: object) => task('work', { Retry: [more], ResultSelector: { 'said.$': '$.Payload' } });

describe('Retry', () => {
  it('tries again after growing rests, up to a longest', async () => {
    const state = retry({
      ErrorEquals: ['Busy'],
      IntervalSeconds: 2,
      BackoffRate: 3,
      MaxAttempts: 3,
      MaxDelaySeconds: 10,
    });
    const { run, clock } = await openMachines(only(state), { work: failing('Busy', 'Busy', 'Busy') });
    expect((await run({})).end).toMatchObject({ output: { said: 'ok' } });
    expect(clock.waits).toEqual([2000, 6000, 10_000]);
  });

  it('gives up after the attempts it has, by default three', async () => {
    const { run } = await openMachines(only(retry({ ErrorEquals: ['Busy'] })), {
      work: failing('Busy', 'Busy', 'Busy', 'Busy'),
    });
    expect((await run({})).end).toMatchObject({ error: 'Busy', cause: 'call 4' });
  });

  it('rests a random part of the time with jitter', async () => {
    const state = retry({ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, JitterStrategy: 'FULL' });
    const { run, clock } = await openMachines(only(state), { work: failing('A') });
    await run({});
    expect(clock.waits[0]).toBeGreaterThanOrEqual(0);
    expect(clock.waits[0]).toBeLessThan(100_000);
  });

  it('counts each retrier by itself, and takes the first that names the error', async () => {
    const state = task('work', {
      Retry: [
        { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 5 },
      ],
    });
    const { run, clock } = await openMachines(only(state), { work: failing('A', 'B', 'A') });
    expect((await run({})).end).toMatchObject({ error: 'A', cause: 'call 3' });
    expect(clock.waits).toEqual([1000, 5000]);
  });

  it.each([
    ['States.ALL', 'States.Timeout', true],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['Other', 'Busy', false],
  ])('for %s and the error %s: %s', async (name, error, expected) => {
    const { run } = await openMachines(only(retry({ ErrorEquals: [name] })), { work: failing(error) });
    expect((await run({})).end?.status).toBe(expected ? 'SUCCEEDED' : 'FAILED');
  });
});

describe('Catch', () => {
  const definition = {
    StartAt: 'Work',
    States: {
      Work: task('work', {
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
        Catch: [
          { ErrorEquals: ['Busy'], Next: 'Mend', ResultPath: '$.failure' },
          { ErrorEquals: ['States.ALL'], Next: 'Mend' },
        ],
        End: true,
      }),
      Mend: { Type: 'Pass', End: true },
    },
  };

  it('goes on beside the input, after the retries', async () => {
    const { run } = await openMachines(definition, { work: failing('Busy', 'Busy') });
    expect((await run({ a: 1 })).end).toMatchObject({ output: { a: 1, failure: { Error: 'Busy', Cause: 'call 2' } } });
  });

  it('puts the error in place of the input by default', async () => {
    const { run } = await openMachines(definition, { work: failing('Other') });
    expect((await run({ a: 1 })).end).toMatchObject({ output: { Error: 'Other', Cause: 'call 1' } });
  });
});
