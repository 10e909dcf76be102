import { describe, expect, it } from 'vitest';
import { allKeys } from '../../console/src/pages/keys/all-keys.ts';
import type { Key } from '../../console/src/pages/keys/key.ts';
import { bodyOf, formOf } from '../../console/src/pages/keys/key-form.ts';

const none = { requests: null, tokens: null, images: null, video_seconds: null };
const key: Key = {
  id: 'key-1',
  name: 'agents',
  role: 'user',
  source: 'admin',
  state: 'ok',
  expires_at: '2099-01-31T12:30:00.000Z',
  models: ['qwen3*', 'gpt-4o'],
  routes: ['chat'],
  conversations: 'always-new',
  limits: {
    requests_per_minute: 10,
    tokens_per_minute: null,
    in_flight: null,
    day: { ...none, images: 5 },
    month: null,
  },
  created_at: null,
};

describe('the form of a key', () => {
  it('left as it is changes nothing, whatever the key has', () => {
    for (const given of [key, { ...key, limits: null, models: [], expires_at: null, conversations: null }]) {
      expect(bodyOf(formOf(given), formOf(given))).toEqual({});
    }
  });

  it('sends what was changed, and nothing else', () => {
    const form = formOf(key);
    form.models = ' qwen3.7-plus ,, ';
    form.rates.requests_per_minute = '';
    form.month.video_seconds = '30';
    expect(bodyOf(form, formOf(key))).toEqual({
      models: ['qwen3.7-plus'],
      limits: {
        requests_per_minute: null,
        tokens_per_minute: null,
        in_flight: null,
        day: { ...none, images: 5 },
        month: { ...none, video_seconds: 30 },
      },
    });
  });

  it('takes limits away', () => {
    const form = formOf(key);
    form.expires = '';
    form.conversations = '';
    form.routes = [];
    form.rates.requests_per_minute = '';
    form.day.images = '';
    expect(bodyOf(form, formOf(key))).toEqual({ expires_at: null, conversations: null, routes: [], limits: null });
  });

  it('keeps a time to the minute', () => {
    const form = formOf(key);
    expect(new Date(form.expires).toISOString()).toBe(key.expires_at);
  });

  it('of a new key sends its name and no limits', () => {
    const form = formOf();
    form.name = ' reader ';
    expect(bodyOf(form, formOf())).toEqual({ name: 'reader' });
  });
});

describe('the list of keys', () => {
  it('is read page by page, the newest first', async () => {
    const pages: Readonly<Record<string, object>> = {
      '/admin/keys?limit=100': {
        data: [
          { ...key, id: 'a' },
          { ...key, id: 'b', created_at: '2026-01-01' },
        ],
        last_id: 'b',
        has_more: true,
      },
      '/admin/keys?limit=100&after=b': {
        data: [{ ...key, id: 'c', created_at: '2026-02-01' }],
        last_id: 'c',
        has_more: false,
      },
    };
    const keys = await allKeys(async (path) => JSON.parse(JSON.stringify(pages[path])));
    expect(keys.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});
