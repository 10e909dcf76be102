import { expect, it } from 'vitest';
import { wholeCharacters } from '../../../../../shared/tools/reader/json/whole-characters.ts';

it.each([
  ['', 0],
  ['ab', 2],
  ['a\ud800', 1],
  ['a\udbff', 1],
  ['a\udc00', 2],
  ['a\ud7ff', 2],
  ['a🦀', 3],
])('of %j, %i characters are whole', (text, length) => {
  expect(wholeCharacters(text)).toBe(length);
});
