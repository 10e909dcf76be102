import { describe, expect, it } from 'vitest';
import { repairArguments } from '../../../../shared/tools/reader/repair-arguments.ts';

const repaired: readonly (readonly [string, string, string])[] = [
  ['valid JSON', '{"a": [1, true, null], "b": "c"}', '{"a":[1,true,null],"b":"c"}'],
  ['an array', '[1, {"a": 2}]', '[1,{"a":2}]'],
  ['white space around', '\n {"a": 1}\n', '{"a":1}'],
  ['a code fence', '```json\n{"a": 1}\n```', '{"a":1}'],
  ['curly quotes', '{“a”: “b”}', '{"a":"b"}'],
  ['full-width marks', '｛"a"：［1，2］｝', '{"a":[1,2]}'],
  ['single quotes', "{'a': 'it\\'s', 'b': 'Paul's'}", '{"a":"it\'s","b":"Paul\'s"}'],
  ['bare keys', '{a: 1, b_2: {c-d: 2}}', '{"a":1,"b_2":{"c-d":2}}'],
  ['trailing commas', '{"a": [1, 2,], }', '{"a":[1,2]}'],
  ['missing commas', '{"a": 1\n"b": [{} {}]}', '{"a":1,"b":[{},{}]}'],
  ['comments', '{"a": 1, // one\n/* two * / */ "b": 2 # three\n}', '{"a":1,"b":2}'],
  ['words of Python', '{"a": True, "b": False, "c": None}', '{"a":true,"b":false,"c":null}'],
  ['raw line breaks and tabs', '{"a": "b\n\tc"}', '{"a":"b\\n\\tc"}'],
  ['unknown escapes', '{"a": "\\d\\.\\q"}', '{"a":"\\\\d\\\\.\\\\q"}'],
  ['escaped characters', '{"a": "\\u00e9\\ud83d\\ude00\\/"}', '{"a":"é😀/"}'],
  ['half an escape', '{"a": "\\u12"}', '{"a":"\\\\u12"}'],
  ['missing braces', '{"a": [1, {"b": 2', '{"a":[1,{"b":2}]}'],
  ['a missing bracket', '{"a": [1, {"b": 2}}', '{"a":[1,{"b":2}]}'],
  ['too many braces', '{"a": 1}}]', '{"a":1}'],
  [
    'numbers of other languages',
    '{"a": +1, "b": .5, "c": 1_000, "d": 0x1F, "e": 007, "f": -0.0e3}',
    '{"a":1,"b":0.5,"c":1000,"d":31,"e":7,"f":-0.0e3}',
  ],
  ['triple quotes', '{"a": """b "c"\nd"""}', '{"a":"b \\"c\\"\\nd"}'],
  ['empty strings', '{"a": "", "": ""}', '{"a":"","":""}'],
  ['an empty object', '{}', '{}'],
];

const refused: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['prose', 'The answer is 5.'],
  ['a text', '"a"'],
  ['a number', '5'],
  ['an open string', '{"a": "b'],
  ['an open name', '{"a'],
  ['a missing value', '{"a":}'],
  ['a name without a value', '{"a"}'],
  ['a missing value at the end', '{"a": '],
  ['an unknown word', '{"a": perhaps}'],
  ['unescaped quotes', '{"a": "b "c" d"}'],
  ['text behind', '{"a": 1} is it'],
  ['text before', 'It is {"a": 1}'],
  ['a second value', '{"a": 1} {"b": 2}'],
  ['a stray slash', '{"a": 1 / 2}'],
  ['too deep a nesting', '['.repeat(300)],
  ['a word without an end', `{"a": ${'x'.repeat(1000)}}`],
];

describe('repairArguments', () => {
  it.each(repaired)('repairs %s', (_, text, json) => {
    expect(repairArguments(text)).toBe(json);
    expect(() => JSON.parse(json)).not.toThrow();
  });

  it.each(refused)('gives nothing for %s', (_, text) => {
    expect(repairArguments(text)).toBeUndefined();
  });
});
