import { expect, it } from 'vitest';
import { splitList } from '../../../shared/read-settings.ts';

it.each([
  [undefined, []],
  ['', []],
  [' , ,', []],
  ['one', ['one']],
  [' one , two,,three ', ['one', 'two', 'three']],
])('splits %j', (text, expected) => {
  expect(splitList(text)).toEqual(expected);
});
