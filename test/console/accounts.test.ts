import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../console/src/api/event-stream.ts';
import { type Account, actsIn, inOrderOfCare } from '../../console/src/pages/accounts/account.ts';
import { type AuditEntry, historyOf } from '../../console/src/pages/accounts/audit-entry.ts';
import { followImport, type ImportNews } from '../../console/src/pages/accounts/follow-import.ts';

const account: Account = {
  id: 'account-1',
  label: 'one',
  source: 'admin',
  state: 'ok',
  reason: null,
  notice: null,
  waits: {},
  password: '********',
  refresh_token: null,
  token_expires_at: null,
  ends_at: null,
  last_used_at: null,
  leased_until: null,
};

describe('accounts', () => {
  it('that need the owner stand first', () => {
    const states = ['disabled', 'ok', 'challenge', 'wait', 'invalid'] as const;
    const sorted = inOrderOfCare(states.map((state) => ({ ...account, state })));
    expect(sorted.map(({ state }) => state)).toEqual(['challenge', 'invalid', 'ok', 'wait', 'disabled']);
  });

  it.each([
    ['ok', ['test', 'refresh', 'drain', 'disable']],
    ['wait', ['test', 'refresh', 'drain', 'disable']],
    ['challenge', ['test', 'refresh', 'enable', 'disable']],
    ['invalid', ['test', 'refresh', 'disable']],
    ['draining', ['test', 'refresh', 'enable', 'disable']],
    ['disabled', ['test', 'refresh', 'enable']],
  ] as const)('that are %s can be %j', (state, acts) => {
    expect(actsIn({ ...account, state })).toEqual(acts);
  });

  it('without a way to a new token are not renewed', () => {
    expect(actsIn({ ...account, password: null })).not.toContain('refresh');
    expect(actsIn({ ...account, password: null, refresh_token: '********' })).toContain('refresh');
  });
});

describe('the history of an account', () => {
  const entry = (sequence: number, outcome: AuditEntry['outcome'], act = 'account.test', target = 'account-1') => ({
    sequence,
    outcome,
    act,
    target,
    at: '',
    actor: 'key-1',
    details: '',
  });

  it('has each act once, as it ended, and those that nobody saw the end of', () => {
    const newestFirst = [
      entry(9, 'begun', 'account.drain'),
      entry(8, 'failed'),
      entry(7, 'begun'),
      entry(6, 'done', 'account.test', 'account-2'),
      entry(5, 'done', 'account.enable'),
      entry(4, 'begun', 'account.enable'),
    ];
    const shown = historyOf('account-1', newestFirst).map(({ sequence }) => sequence);
    expect(shown).toEqual([9, 8, 5]);
  });
});

describe('a bulk import', () => {
  const progress = { id: 'import-1', state: 'running', total: 2, imported: 1, failed: 0 };
  const event = (name: string, data: object, id: string): ServerEvent => ({
    event: name,
    data: JSON.stringify(data),
    id,
  });

  it('is followed over a break, to its end', async () => {
    const streams = [
      [event('item', { item: 0, state: 'added' }, 'a'), event('progress', progress, 'a')],
      [event('item', { item: 1, state: 'failed' }, 'b'), event('end', { ...progress, state: 'done', failed: 1 }, 'b')],
    ];
    const asked: unknown[] = [];
    const api = {
      async *events(path: string, asking: { readonly headers?: object } = {}) {
        asked.push([path, asking.headers]);
        yield* streams.shift() ?? [];
      },
    };
    const news: ImportNews[] = [];
    await followImport(api, 'import-1', new AbortController().signal, (one) => news.push(one));
    expect(asked).toEqual([
      ['/admin/imports/import-1/events', {}],
      ['/admin/imports/import-1/events', { 'last-event-id': 'a' }],
    ]);
    expect(news.flatMap(({ item }) => item?.item ?? [])).toEqual([0, 1]);
    expect(news.at(-1)?.progress?.state).toBe('done');
  });
});
