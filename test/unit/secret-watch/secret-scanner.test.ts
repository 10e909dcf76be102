import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretScanner } from '../../support/secret-watch/secret-scanner.ts';

const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON within JSON': (text) => JSON.stringify({ inner: JSON.stringify({ text }) }),
  'in a URL': (text) => `https://site.example/?${encodeURIComponent(text)}`,
  'in a form': (text) => `a=1&b=${encodeURIComponent(text).replaceAll('%20', '+')}`,
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in hex': (text) => Buffer.from(text).toString('hex'),
};
const secret = 'pass "word"/?+ ü€ 42';
const find = (secrets: readonly string[], text: string) => new SecretScanner(secrets).find(Buffer.from(text));

describe('the scanner', () => {
  it.each(Object.entries(encodings))('finds a secret %s', (_, encode) => {
    expect(find([secret], `before ${encode(secret)} after`)).toHaveLength(1);
    expect(find([secret], `before ${encode('something else, as long')} after`)).toEqual([]);
  });

  it('finds any secret in any encoding, whatever stands around it', () =>
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }),
        fc.string({ maxLength: 7 }),
        fc.string({ maxLength: 30 }),
        fc.constantFrom(...Object.values(encodings)),
        fc.array(fc.string({ minLength: 8, maxLength: 20 }), { maxLength: 20 }),
        (one, before, after, encode, others) => {
          const found = new SecretScanner([...others, one]).find(Buffer.from(`x${encode(before + one + after)}y`));
          expect(found.length).toBeGreaterThan(0);
        },
      ),
    ));

  it('finds nothing in a text that has no secret', () =>
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[0-9a-f]{40,60}$/), { maxLength: 20 }),
        fc.string({ maxLength: 2000 }),
        (secrets, text) => {
          expect(find(secrets, text)).toEqual([]);
        },
      ),
    ));

  it('tells every place, once', () => {
    const text = 'one-secret two-secrets one-secret';
    expect(find(['one-secret', 'two-secrets', 'two-secret'], text)).toEqual([0, 11, 23]);
  });

  it('does not look for what is too short to mean anything', () => {
    expect(find(['wrong', ''], 'a wrong key; d3Jvbmc=')).toEqual([]);
  });
});
