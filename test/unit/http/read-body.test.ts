import { describe, expect, it } from 'vitest';
import { InvalidJsonError, PayloadTooLargeError } from '../../../shared/chat/errors/request-errors.ts';
import { readJsonBody } from '../../../shared/http/read-body.ts';

const limit = 1_000_000;
const read = (body?: string) => readJsonBody({ ...(body !== undefined && { body }), isBase64Encoded: false }, limit);
const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

describe('a body', () => {
  it('is JSON, in either form of the event', () => {
    expect(read('{"a":[1,null]}')).toEqual({ a: [1, null] });
    const body = Buffer.from('{"é":1}').toString('base64');
    expect(readJsonBody({ body, isBase64Encoded: true }, limit)).toEqual({ é: 1 });
  });

  it('may be missing', () => {
    expect(read()).toBeUndefined();
    expect(read(' \n')).toBeUndefined();
  });

  it('is refused when it is no JSON, or too large', () => {
    expect(() => read('{')).toThrow(InvalidJsonError);
    expect(() => readJsonBody({ body: '"éé"', isBase64Encoded: false }, 5)).toThrow(PayloadTooLargeError);
    expect(readJsonBody({ body: '"éé"', isBase64Encoded: false }, 6)).toBe('éé');
  });

  it('is refused when it is nested deeply: readers would end where the stack does', () => {
    expect(read(nested(256))).toBeInstanceOf(Array);
    for (const body of [nested(257), nested(200_000), `{"x":1,"y":${nested(257)}}`]) {
      expect(() => read(body)).toThrow(InvalidJsonError);
      expect(() => read(body)).toThrow(/256 levels/);
    }
    expect(() => read(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`)).toThrow(/256 levels/);
  });

  it('keeps names that mean something to JavaScript as they are', () => {
    const body = read('{"__proto__":{"admin":true},"constructor":1}');
    expect(Object.keys(Object(body))).toEqual(['__proto__', 'constructor']);
    expect(Object(body).admin).toBeUndefined();
  });
});
