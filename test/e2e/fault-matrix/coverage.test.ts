import { expect, it } from 'vitest';
import { errorFormNames } from '../../../local/simulator/faults/error-forms.ts';
import { headFaultNames, streamFaultNames } from '../../../local/simulator/faults/fault-rule.ts';
import { registered } from './columns.ts';
import { benchingKinds, passingKinds } from './extent.ts';
import { benchingRows } from './rows/benching-rows.ts';
import { passingRows } from './rows/passing-rows.ts';
import { silenceRows } from './rows/silence-rows.ts';

const rows = [...passingRows, ...benchingRows, ...silenceRows];

it('has a column for every registered dialect', () => {
  // What is missing here joins by an entry in test/support/dialect-doors/dialect-doors.ts.
  expect(registered.filter(({ door }) => door === undefined)).toEqual([]);
});

/** A refused password is an answer to signing in; what pictures meet is shown in test/e2e/images.test.ts. */
const elsewhere: ReadonlySet<string> = new Set(['bad-password', 'picture-missing', 'picture-unseen']);

it('has a row for every fault that the simulator can make of an answer in words', () => {
  const played = new Set<string | undefined>(rows.map(({ rule }) => rule?.fault));
  const faults = [...errorFormNames, ...headFaultNames, ...streamFaultNames].filter((name) => !elsewhere.has(name));
  expect(faults.filter((name) => !played.has(name))).toEqual([]);
});

it('names every row once', () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  const names = new Set(rows.map(({ name }) => name));
  expect([...passingKinds, ...benchingKinds].filter((name) => !names.has(name))).toEqual([]);
});
