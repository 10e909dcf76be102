import { describe, expect, it } from 'vitest';
import { type AuditEntry, filterActs, joinActs } from '../../console/src/pages/audit/act.ts';

function entry(sequence: number, outcome: AuditEntry['outcome'], more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    sequence,
    outcome,
    at: '2026-11-22T00:00:00Z',
    actor: 'key-1',
    requestId: 'request-1',
    act: 'key.add',
    target: '',
    details: '',
    previous: '',
    hash: '',
    ...more,
  };
}

const sequences = (entries: readonly AuditEntry[]) =>
  joinActs(entries).map((act) => act.entries.map((one) => one.sequence));

describe('acts of the audit log', () => {
  it('are their beginning and their end', () => {
    expect(sequences([entry(2, 'done'), entry(1, 'begun')])).toEqual([[2, 1]]);
  });

  it('are told apart by request, also when they overlap', () => {
    const other = { requestId: 'request-2' };
    const entries = [entry(4, 'failed'), entry(3, 'done', other), entry(2, 'begun', other), entry(1, 'begun')];
    expect(sequences(entries)).toEqual([
      [4, 1],
      [3, 2],
    ]);
  });

  it('of the same kind in one request keep their own ends', () => {
    const entries = [entry(4, 'done'), entry(3, 'begun'), entry(2, 'done'), entry(1, 'begun')];
    expect(sequences(entries)).toEqual([
      [4, 3],
      [2, 1],
    ]);
  });

  it('without an end, or without a beginning on this page, stand for themselves', () => {
    expect(sequences([entry(9, 'begun'), entry(8, 'done', { act: 'key.remove' })])).toEqual([[9], [8]]);
    expect(joinActs([entry(9, 'begun')])[0]?.entry.outcome).toBe('begun');
  });

  it('are filtered by everything that is shown of them', () => {
    const acts = joinActs([
      entry(3, 'done', { act: 'settings.change', details: '{"KEEP_CHATS":"true"}' }),
      entry(2, 'failed', { actor: 'key-2', target: 'account-7', act: 'account.test' }),
      entry(1, 'done'),
    ]);
    const nameOf = (id: string) => (id === 'key-2' ? 'Laptop of Anna' : id);
    const found = (filter: object) =>
      filterActs(acts, { act: '', outcome: '', actor: '', search: '', ...filter }, nameOf).map(
        (act) => act.entry.sequence,
      );
    expect(found({})).toEqual([3, 2, 1]);
    expect(found({ act: 'key.add' })).toEqual([1]);
    expect(found({ outcome: 'failed' })).toEqual([2]);
    expect(found({ actor: 'key-1', outcome: 'done' })).toEqual([3, 1]);
    expect(found({ search: 'keep_chats' })).toEqual([3]);
    expect(found({ search: 'anna account-7' })).toEqual([2]);
    expect(found({ search: 'anna keep_chats' })).toEqual([]);
  });
});
