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

it('has a row for every fault that the simulator can make of a completion', () => {
  const played = new Set<string | undefined>(rows.map(({ rule }) => rule?.fault));
  // A refused password is an answer to signing in.
  const faults = [...errorFormNames, ...headFaultNames, ...streamFaultNames].filter((name) => name !== 'bad-password');
  expect(faults.filter((name) => !played.has(name))).toEqual([]);
});

it('names every row once', () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  const names = new Set(rows.map(({ name }) => name));
  expect([...passingKinds, ...benchingKinds].filter((name) => !names.has(name))).toEqual([]);
});
