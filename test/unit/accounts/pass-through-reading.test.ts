import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CallerTokenExpiredError } from '../../../shared/accounts/pass-through/caller-token-errors.ts';
import { readCallerTokens } from '../../../shared/accounts/pass-through/read-caller-tokens.ts';
import { CallerToken, callerIdOf } from '../../../shared/chat/caller-token.ts';
import { AuthenticationError } from '../../../shared/chat/errors/request-errors.ts';
import { makeToken } from '../../support/jwt.ts';

const now = Date.UTC(2026, 10, 21);
const inDays = (days: number) => now / 1000 + days * 86_400;
const token = (name: string, days = 30) => makeToken({ id: name, exp: inDays(days) }, `${name}-signature`);
const read = (credential: string) => readCallerTokens(credential, now)?.map((caller) => caller.reveal());

describe('readCallerTokens', () => {
  it.each([
    ['one', token('a'), [token('a')]],
    ['several', `${token('a')},${token('b')}`, [token('a'), token('b')]],
    ['spaces around', ` ${token('a')} , ${token('b')} `, [token('a'), token('b')]],
    ['one that is there twice', `${token('a')},${token('b')},${token('a')}`, [token('a'), token('b')]],
    ['one that does not tell its end', makeToken({ id: 'a' }), [makeToken({ id: 'a' })]],
    ['living ones among expired ones', `${token('a', -1)},${token('b')}`, [token('b')]],
  ])('takes %s', (_, credential, expected) => {
    expect(read(credential)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['a gateway key', 'sk-0123456789abcdef0123456789'],
    ['a token and a key', `${token('a')},sk-0123456789abcdef`],
    ['an empty part', `${token('a')},`],
    ['two parts of a token', token('a').split('.').slice(0, 2).join('.')],
    ['four parts', `${token('a')}.more`],
    ['a signature with a space', `${token('a')} more`],
    ['parts that are no JSON objects', 'YWJj.YWJj.YWJj'],
    ['a token longer than any', makeToken({ id: 'a' }, 'x'.repeat(5000))],
    ['a text longer than all tokens together', `${token('a')},`.repeat(10_000)],
  ])('takes %s for something else', (_, credential) => {
    expect(read(credential)).toBeUndefined();
  });

  it.each([
    [[-0.1], /The token sent has expired today/],
    [[-1.5], /has expired a day ago/],
    [[-3, -9], /All tokens sent have expired, the last of them 3 days ago/],
  ])('says that tokens of %j days have expired', (days, words) => {
    const credential = days.map((day, index) => token(`t${index}`, day)).join(',');
    expect(() => read(credential)).toThrow(words);
    expect(() => read(credential)).toThrow(CallerTokenExpiredError);
  });

  it('counts to the millisecond', () => {
    expect(() => readCallerTokens(token('a', 0), now)).toThrow(CallerTokenExpiredError);
    expect(readCallerTokens(token('a', 0), now - 1)).toHaveLength(1);
  });

  it('takes 32 tokens and no more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => token(`t${index}`)).join(',');
    expect(read(many(32))).toHaveLength(32);
    expect(() => read(many(33))).toThrow(AuthenticationError);
  });

  it('repeats no token in what it throws', () => {
    const expired = token('a', -1);
    expect(() => read(expired)).toThrow(expect.not.objectContaining({ message: expect.stringContaining(expired) }));
  });
});

describe('CallerToken', () => {
  const text = token('somebody');
  const brought = new CallerToken(text);

  it('is named by a hash of all of it', () => {
    expect(brought.id).toMatch(/^pass-through:[0-9a-f]{32}$/);
    expect(new CallerToken(text).id).toBe(brought.id);
    expect(new CallerToken(`${text}x`).id).not.toBe(brought.id);
  });

  it('shows the token to nobody who does not ask for it', () => {
    for (const shown of [
      JSON.stringify({ brought }),
      inspect({ brought }, { depth: 9, showHidden: true }),
      `${brought}`,
    ]) {
      expect(shown).not.toContain('somebody');
      expect(shown).not.toContain(text.slice(40, 60));
    }
    expect(brought.reveal()).toBe(text);
  });
});

describe('callerIdOf', () => {
  const [a, b] = [new CallerToken(token('a')), new CallerToken(token('b'))];

  it('is the token’s own id for one', () => {
    expect(callerIdOf([a])).toBe(a.id);
  });

  it('does not depend on the order of several, and differs from each', () => {
    expect(callerIdOf([a, b])).toBe(callerIdOf([b, a]));
    expect([a.id, b.id]).not.toContain(callerIdOf([a, b]));
    expect(callerIdOf([a, b])).toMatch(/^pass-through:[0-9a-f]{32}$/);
  });
});
