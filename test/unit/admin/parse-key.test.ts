import { describe, expect, it } from 'vitest';
import { parseKey } from '../../../shared/admin/keys/parse-key.ts';

const now = Date.UTC(2026, 10, 21);

describe('parseKey', () => {
  it('reads every field', () => {
    const body = {
      name: ' laptop ',
      role: 'admin',
      expires_at: '2027-01-31T12:00:00+01:00',
      models: ['qwen3.7-plus', 'gpt-*', 'qwen3.7-plus', '*'],
      routes: ['chat', 'images', 'chat'],
      conversations: 'always-new',
      limits: { requests_per_minute: 60, in_flight: null, day: { tokens: 1000, video_seconds: 60 }, month: {} },
    };
    expect(parseKey(body, now)).toStrictEqual({
      name: 'laptop',
      role: 'admin',
      expiresAt: Date.UTC(2027, 0, 31, 11),
      models: ['qwen3.7-plus', 'gpt-*', '*'],
      routes: ['chat', 'images'],
      conversations: 'always-new',
      limits: { requestsPerMinute: 60, day: { tokens: 1000, videoSeconds: 60 } },
    });
    expect(parseKey({ limits: null }, now)).toStrictEqual({ limits: undefined });
    expect(parseKey({ limits: { day: { tokens: null } } }, now)).toStrictEqual({ limits: undefined });
  });

  it('takes null and empty lists for no limit, and what is absent for nothing', () => {
    const none = { expiresAt: undefined, models: undefined, routes: undefined, conversations: undefined };
    expect(parseKey({ expires_at: null, models: [], routes: [], conversations: null }, now)).toStrictEqual(none);
    expect(parseKey({ expires_at: null, models: null, routes: null, conversations: null }, now)).toStrictEqual(none);
    expect(parseKey({}, now)).toStrictEqual({});
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: '  ' }],
    ['name', { name: null }],
    ['name', { name: 'x'.repeat(101) }],
    ['role', { role: 'owner' }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: 1_800_000_000 }],
    ['expires_at', { expires_at: '2027-02-31T00:00:00Z' }],
    ['expires_at', { expires_at: '2027-01-01T00:00:00' }],
    ['expires_at', { expires_at: new Date(now).toISOString() }],
    ['models', { models: 'qwen3.7-plus' }],
    ['models', { models: ['a*b'] }],
    ['models', { models: [''] }],
    ['models', { models: [7] }],
    ['models', { models: Array.from({ length: 101 }, (_, index) => `m${index}`) }],
    ['routes', { routes: ['everything'] }],
    ['routes', { routes: 'chat' }],
    ['conversations', { conversations: 'sometimes' }],
    ['limits', { limits: 7 }],
    ['limits.requests_per_minute', { limits: { requests_per_minute: 0 } }],
    ['limits.in_flight', { limits: { in_flight: 1.5 } }],
    ['limits.day.tokens', { limits: { day: { tokens: '9' } } }],
    ['limits.day.token', { limits: { day: { token: 9 } } }],
    ['limits.hour', { limits: { hour: {} } }],
    ['model', { name: 'a', model: ['qwen3.7-plus'] }],
  ])('refuses %s in %j by its name', (param, body) => {
    expect(() => parseKey(body, now)).toThrow(expect.objectContaining({ status: 400, param }));
  });

  it.each([undefined, null, [], 'name', 7])('refuses %j, which is no object', (body) => {
    expect(() => parseKey(body, now)).toThrow(expect.objectContaining({ status: 400, code: 'invalid_json' }));
  });
});
