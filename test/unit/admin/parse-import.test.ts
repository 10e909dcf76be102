import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostEntries, parseImport } from '../../../shared/admin/imports/parse-import.ts';
import { makeToken } from '../../support/jwt.ts';

const token = makeToken({ id: 'user-1', exp: 4_000_000_000 });
const other = makeToken({ id: 'user-2', exp: 4_000_000_000 });
const entriesOf = (body: unknown) => parseImport(body).entries.map(({ entry }) => entry);
const one = { email: 'a@example.com', password: 'pass word' };
const two = { email: 'b@example.com', password: 'x:y' };

describe('an import is read from', () => {
  it.each<[string, unknown, object[]]>([
    ['a list of objects', [one, { token }], [one, { token }]],
    ['a list of texts', ['a@example.com:pass word', token], [one, { token }]],
    [
      'the gateway’s own form',
      { version: 1, accounts: [{ ...one, label: 'mine', unknown: 3 }] },
      [{ ...one, label: 'mine' }],
    ],
    ['JSON in a text', { text: JSON.stringify({ accounts: [one] }) }, [one]],
    ['lines', { text: '# mine\na@example.com:pass word\r\n\nb@example.com:x:y\n' }, [one, two]],
    ['a comma list', { text: `a@example.com:pass word, b@example.com:x:y,${token}` }, [one, two, { token }]],
    ['QWEN_TOKENS', { text: `QWEN_TOKENS="${token},${other}"` }, [{ token }, { token: other }]],
    ['ACCOUNTS, exported', { text: 'export ACCOUNTS=a@example.com:pass word' }, [one]],
    [
      'a line whose password holds a comma',
      { text: 'a@example.com:one,two' },
      [{ email: 'a@example.com', password: 'one,two' }],
    ],
    ['objects with empty fields', [{ ...one, token: null, cookie: '' }], [one]],
  ])('%s', (_, body, expected) => {
    expect(parseImport(body).warnings).toEqual([]);
    expect(entriesOf(body)).toEqual(expected);
  });

  it('whatever is a good entry, in any of the text forms', () => {
    const word = fc.stringMatching(/^[a-z0-9:!#-]{1,12}$/);
    const account = fc.record({ email: fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.org$/), password: word });
    fc.assert(
      fc.property(
        fc.array(account, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', ',', ' , '),
        (accounts, separator) => {
          const text = accounts.map(({ email, password }) => `${email}:${password}`).join(separator);
          expect(entriesOf({ text })).toEqual(accounts);
        },
      ),
    );
  });
});

describe('what is no account', () => {
  it('is named by its place and never repeated', () => {
    const { entries, warnings } = parseImport([
      'short',
      one,
      7,
      { email: 'a@example.com' },
      { password: 'hunter2secret' },
    ]);
    expect(entries).toHaveLength(1);
    expect(warnings.map((warning) => warning.slice(0, 8))).toEqual(['Entry 1 ', 'Entry 3 ', 'Entry 4 ', 'Entry 5 ']);
    expect(warnings.join()).not.toMatch(/short|hunter2/);
  });

  it('gives names that tell nothing', () => {
    const [first, second] = parseImport([one, { token }]).entries;
    expect([first?.name, second?.name]).toEqual(['a***@example.com', expect.stringMatching(/^token \w{6}$/)]);
  });

  it.each([
    ['nothing', {}],
    ['an empty list', []],
    ['an empty text', { text: '\n# only a remark\n' }],
    ['broken JSON', { text: '[{' }],
    [
      'more than an import takes',
      { text: Array.from({ length: mostEntries + 1 }, (_, n) => `u${n}@x.org:p`).join('\n') },
    ],
  ])('as a whole is refused: %s', (_, body) => {
    expect(() => parseImport(body)).toThrow();
  });
});
