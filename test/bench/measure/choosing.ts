import { randomBytes } from 'node:crypto';
import { AccountChoice, type Ask } from '../../../shared/accounts/account-choice.ts';
import { AccountRows } from '../../../shared/accounts/account-rows.ts';
import { importAccounts } from '../../../shared/accounts/import-accounts.ts';
import { leaseMilliseconds } from '../../../shared/accounts/lease-times.ts';
import { LeastRecentlyUsed } from '../../../shared/accounts/least-recently-used.ts';
import { SlotLeases } from '../../../shared/accounts/slot-leases.ts';
import { afterUnref } from '../../../shared/accounts/timers.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { makeToken } from '../../support/jwt.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { quantile } from './statistics.ts';

const accounts = 1000;
const rounds = 5;
const limits = { maxInFlight: 1, spacing: 3000, lease: leaseMilliseconds };
const ask: Ask = { kind: 'chat', accountId: undefined, excluded: new Set(), urgent: false, lostRaces: 0 };

/** Milliseconds that choosing one of 1,000 accounts takes. */
export interface ChoosingTimes {
  /** Of all choices from the first to the one that takes the last free account: the median, as others have the CPU too. */
  readonly oneFree: number;
  /** To find that none is free, the median too. */
  readonly allBusy: number;
}

/** Chooses, without any write, until no account is free; several times over. The first time warms up. */
export async function measureChoosing(): Promise<ChoosingTimes> {
  const rows = await fillRows();
  const times: number[] = [];
  const busyTimes: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // A later clock finds every place and distance over.
    const now = () => Date.now() + round * 2 * leaseMilliseconds;
    const leases = new SlotLeases({ rows, now, after: afterUnref, ...limits, onStoreError: () => {} });
    const choice = new AccountChoice({ rows, leases, uses: new LeastRecentlyUsed(now), maxInFlight: 1, now });
    for (let chosen = 0; chosen < accounts; chosen += 1) {
      const [time, attempted] = timed(() => choice.attempt(ask));
      if (typeof attempted !== 'object') throw new Error(`There was no account left after ${chosen}.`);
      if (round > 0) times.push(time);
    }
    for (let tries = 0; tries < 200; tries += 1) {
      const [time, attempted] = timed(() => choice.attempt(ask));
      if (attempted !== 'later') throw new Error('An account was chosen twice.');
      if (round > 0) busyTimes.push(time);
    }
  }
  return { oneFree: quantile(times, 0.5), allBusy: quantile(busyTimes, 0.5) };
}

async function fillRows(): Promise<AccountRows> {
  const table = new MemoryTable();
  const key = randomBytes(32);
  const tokens = Array.from({ length: accounts }, (_, number) =>
    makeToken({ id: `choice-${number}`, exp: 4_102_444_800 }),
  );
  await importAccounts({ QWEN_TOKENS: tokens.join(',') }, table, new SecretBox(async () => key));
  const rows = new AccountRows(table, Date.now);
  await rows.accounts();
  return rows;
}

function timed<Result>(act: () => Result): [number, Result] {
  const begin = performance.now();
  const result = act();
  return [performance.now() - begin, result];
}
