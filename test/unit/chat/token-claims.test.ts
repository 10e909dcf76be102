import { describe, expect, it } from 'vitest';
import { readTokenClaims } from '../../../shared/chat/token-claims.ts';
import { makeToken } from '../../support/jwt.ts';

describe('token claims', () => {
  it.each([
    [makeToken({ id: 'user', exp: 1_800_000_000 }), { kind: 'session', userId: 'user', expiresAt: 1_800_000_000_000 }],
    [makeToken({}), { kind: 'session' }],
    [makeToken({ id: '' }), { kind: 'session' }],
    [makeToken({ exp: 1e20 }), { kind: 'session' }],
    [makeToken({ exp: -1 }), { kind: 'session' }],
    ['no-token', { kind: 'session' }],
    ['', { kind: 'session' }],
    ['a.b.c', { kind: 'session' }],
    [`a.${Buffer.from('null').toString('base64url')}.c`, { kind: 'session' }],
    [`a.${Buffer.from('{"id":1,"exp":"soon"}').toString('base64url')}.c`, { kind: 'session' }],
  ])('of %s', (token, claims) => {
    expect(readTokenClaims(token)).toEqual(claims);
  });
});
