import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../local/step-functions/language/parse-definition.ts';
import { only, task } from './machine.ts';

const refuse = (definition: object, words: string) =>
  expect(() => parseDefinition(JSON.stringify(definition))).toThrow(words);

describe('a definition is refused before anything runs', () => {
  it.each([
    ['a state that is not there', { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }, 'goes to B'],
    ['a start that is not there', { StartAt: 'Z', States: {} }, 'goes to Z'],
    ['a type that is not known', only({ Type: 'Parallel' }), 'is a Parallel'],
    ['another resource', only({ ...task('x'), Resource: 'arn:aws:states:::dynamodb:getItem' }), "can't be had locally"],
    ['a field that is not known', only({ ...task('x'), HeartbeatSeconds: 3 }), 'HeartbeatSeconds'],
    ['JSONata', { QueryLanguage: 'JSONata', ...only({ Type: 'Pass' }) }, 'JSONata'],
    ['an intrinsic function', only({ Type: 'Pass', Parameters: { 'a.$': "States.Format('x')" } }), 'States.Format'],
    ['a filter', only({ Type: 'Pass', InputPath: '$.a[?(@.b)]' }), 'no simple path'],
    [
      'a rule that can’t be judged',
      {
        StartAt: 'C',
        States: { C: { Type: 'Choice', Choices: [{ Variable: '$.a', StringMatches: 'x*', Next: 'C' }] } },
      },
      "can't be judged",
    ],
    [
      'a distributed map',
      only({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...only({ Type: 'Pass' }) } }),
      'distributed',
    ],
    ['neither Next nor End', { StartAt: 'A', States: { A: { Type: 'Pass' } } }, 'has no Next'],
  ])('with %s', (_, definition, words) => refuse(definition, words));
});
