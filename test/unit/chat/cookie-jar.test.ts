import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CookieJar, readSetCookie } from '../../../shared/chat/cookie-jar.ts';

const now = Date.UTC(2026, 10, 21, 12);

function learnt(header: string, ...setCookies: string[]): string {
  const jar = new CookieJar(header);
  jar.learn(setCookies, now);
  return jar.header;
}

describe('a pasted Cookie header', () => {
  it.each(['', 'cna=1; token=PASTED;x=y', ' a=b;;c ;d=e=f; a="quoted" '])('stays what it was: %j', (header) => {
    expect(new CookieJar(header).header).toBe(header);
  });

  it('is read, the first of two with one name', () => {
    const jar = new CookieJar('a=1; b=x=y;  c=; a=2');
    expect(['a', 'b', 'c', 'd'].map((name) => jar.get(name))).toEqual(['1', 'x=y', '', undefined]);
  });

  it('changes only where an answer changes it', () => {
    expect(learnt('cna=1; acw_tc=old; z=3', 'acw_tc=new; Path=/; HttpOnly; Max-Age=1800')).toBe(
      'cna=1; acw_tc=new; z=3',
    );
    expect(learnt('cna=1', 'x-ap=ap-southeast-1; Secure', 'acw_tc=a')).toBe('cna=1; x-ap=ap-southeast-1; acw_tc=a');
  });

  it('tells whether it has changed', () => {
    const jar = new CookieJar('a=1');
    expect(jar.learn(['a=1; Path=/'], now)).toBe(false);
    expect(jar.learn(['a=2', 'b=3'], now)).toBe(true);
    expect(jar.set('a', '2')).toBe(false);
  });
});

describe('an answer’s cookie', () => {
  it.each([
    ['a=gone; Max-Age=0', 'b=2'],
    ['a=; Max-Age=-1; Path=/', 'b=2'],
    ['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'b=2'],
    ['a=kept; Expires=Fri, 01 Jan 2027 00:00:00 GMT', 'a=kept; b=2'],
    ['a=kept; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=kept; b=2'],
    ['a=kept; Expires=whenever', 'a=kept; b=2'],
  ])('%s makes it %s', (setCookie, header) => {
    expect(learnt('a=1; b=2', setCookie)).toBe(header);
  });

  it.each(['', 'nothing', '=1', 'a b=1', 'a=1\r\nb=2', 'a=ü', 'a=1 2'])('that is malformed is left out: %j', (text) => {
    expect(learnt('x=y', text)).toBe('x=y');
  });

  it('that would make the header too long is left out', () => {
    expect(learnt('x=y', `a=${'1'.repeat(17_000)}`, 'b=2')).toBe('x=y; b=2');
  });

  it('is found among others', () => {
    const setCookies = ['acw_tc=1; Path=/', 'token=T; Secure', 'refresh_token=; Max-Age=0'];
    expect(readSetCookie(setCookies, 'token')).toBe('T');
    expect(readSetCookie(setCookies, 'refresh_token')).toBeUndefined();
    expect(readSetCookie([], 'token')).toBeUndefined();
  });
});

it('acts as a map from names to values, whatever answers send', () => {
  const name = fc.constantFrom('a', 'b', 'token', 'acw_tc');
  const change = fc.record({ name, value: fc.constantFrom('1', '2', 'x=y', ''), ends: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const jar = new CookieJar('a=0; token=T');
      const model = new Map([
        ['a', '0'],
        ['token', 'T'],
      ]);
      for (const { name, value, ends } of changes) {
        jar.learn([`${name}=${value}; Path=/${ends ? '; Max-Age=0' : ''}`], now);
        if (ends) model.delete(name);
        else model.set(name, value);
      }
      expect(jar.header).toBe([...model].map(([name, value]) => `${name}=${value}`).join('; '));
      expect(new CookieJar(jar.header).get('token')).toBe(model.get('token'));
    }),
  );
});
