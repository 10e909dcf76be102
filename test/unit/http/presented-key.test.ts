import { describe, expect, it } from 'vitest';
import { presentedKey } from '../../../shared/http/presented-key.ts';

describe('presentedKey', () => {
  it.each([
    ['OpenAI and Anthropic 1.x', { authorization: 'Bearer sk-one' }, {}],
    ['another letter case', { authorization: 'bearer   sk-one ' }, {}],
    ['Anthropic 0.x and Claude Code', { 'x-api-key': 'sk-one' }, {}],
    ['Gemini by header', { 'x-goog-api-key': ' sk-one' }, {}],
    ['Gemini by query', {}, { key: 'sk-one' }],
  ])('reads the key of %s', (_client, headers, query) => {
    expect(presentedKey(headers, query)).toBe('sk-one');
  });

  it('takes the first header that holds one', () => {
    expect(presentedKey({ authorization: 'Basic abc', 'x-api-key': '', 'x-goog-api-key': 'sk-two' })).toBe('sk-two');
  });

  it.each([[{}], [{ authorization: 'Bearer ' }], [{ authorization: 'Basic dXNlcg==' }], [{ 'x-api-key': '  ' }]])(
    'finds none in %j',
    (headers) => {
      expect(presentedKey(headers)).toBeUndefined();
    },
  );
});
