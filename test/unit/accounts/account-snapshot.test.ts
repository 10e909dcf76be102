import { describe, expect, it } from 'vitest';
import { type Account, readAccount } from '../../../shared/accounts/account.ts';
import { AccountSnapshot } from '../../../shared/accounts/account-snapshot.ts';

function account(id: string, label: string): Account {
  const read = readAccount({ sk: id, secret: 'sealed', label, state: 'ok' });
  if (read === undefined) throw new Error('not an account');
  return read;
}

/** A snapshot whose reads the test answers. */
function newSnapshot() {
  const reads: ((accounts: readonly Account[]) => void)[] = [];
  const clock = { time: 0 };
  const load = () => new Promise<readonly Account[]>((resolve) => reads.push(resolve));
  const snapshot = new AccountSnapshot(load, () => clock.time);
  const labels = () => [...snapshot.held.values()].map(({ label }) => label).toSorted();
  const answer = async (...accounts: Account[]) => {
    reads.shift()?.(accounts);
    await snapshot.idle();
  };
  return { snapshot, clock, reads, labels, answer };
}

describe('AccountSnapshot', () => {
  it('reads once within two seconds', async () => {
    const { snapshot, clock, reads, answer } = newSnapshot();
    snapshot.accounts();
    await answer(account('a', 'one'));
    clock.time += 1999;
    snapshot.accounts();
    expect(reads).toHaveLength(0);
    clock.time += 1;
    snapshot.accounts();
    expect(reads).toHaveLength(1);
  });

  it('is read at most once a second for those who wait for changes, who then wait for what is read', async () => {
    const { snapshot, clock, reads, labels, answer } = newSnapshot();
    snapshot.accounts();
    await answer(account('a', 'one'));
    clock.time += 999;
    await snapshot.look();
    expect(reads).toHaveLength(0);
    clock.time += 1;
    const looks = [snapshot.look(), snapshot.look()];
    expect(reads).toHaveLength(1);
    await answer(account('a', 'two'));
    await Promise.all(looks);
    expect(labels()).toEqual(['two']);
  });

  it('keeps what was done while a read was under way, or shortly before', async () => {
    const { snapshot, clock, labels, answer } = newSnapshot();
    snapshot.accounts();
    await answer(account('a', 'old'), account('b', 'old'), account('c', 'old'), account('d', 'old'));
    clock.time += 5000;
    snapshot.edit('d', (row) => ({ ...row, label: 'long ago' }));
    clock.time += 1500;
    snapshot.edit('a', (row) => ({ ...row, label: 'shortly before' }));
    clock.time += 500;
    snapshot.accounts();
    snapshot.edit('b', (row) => ({ ...row, label: 'meanwhile' }));
    snapshot.learn('c', undefined);
    await answer(account('a', 'read'), account('b', 'read'), account('c', 'read'), account('d', 'read'));
    expect(labels()).toEqual(['meanwhile', 'read', 'shortly before']);
  });

  it('believes later reads again', async () => {
    const { snapshot, clock, labels, answer } = newSnapshot();
    snapshot.accounts();
    await answer(account('a', 'old'));
    snapshot.learn('b', account('b', 'learned'));
    expect(labels()).toEqual(['learned', 'old']);
    clock.time += 5000;
    snapshot.accounts();
    await answer(account('a', 'read'));
    expect(labels()).toEqual(['read']);
  });

  it('makes no account out of an edit', () => {
    const { snapshot, labels } = newSnapshot();
    snapshot.edit('a', (row) => row);
    expect(labels()).toEqual([]);
  });
});
