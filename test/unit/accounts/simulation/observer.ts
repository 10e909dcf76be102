import { type Account, lane, readAccount } from '../../../../shared/accounts/account.ts';
import type { Lease } from '../../../../shared/accounts/lease.ts';
import { accountKey } from '../../../../shared/store/keys.ts';
import type { MemoryTable } from '../../../support/memory-table.ts';
import type { OutcomeName } from '../pool-model.ts';

/** What was seen of one account. */
class AccountRecord {
  uses = 0;
  probes = 0;
  lastBegin = Number.NEGATIVE_INFINITY;
  readonly inFlight = new Set<Lease>();
  /** The kinds of fault that this account has met, since it was last cleared. */
  readonly met = new Set<OutcomeName>();
}

const faultsOfState: Readonly<Record<string, readonly OutcomeName[]>> = {
  ok: [],
  invalid: ['auth'],
  challenge: ['challenge'],
  disabled: ['account'],
};
const faultsOfWait = { limit: ['limit', 'longLimit'], quota: ['quota'] } as const;
/** Milliseconds between a write's way and back, by which what callers see can differ from what is stored. */
const onTheWay = 10;

/** Sees every request begin and end, as the upstream does, and knows what is not allowed. */
export class Observer {
  readonly records = new Map<string, AccountRecord>();
  readonly violations: string[] = [];
  mostInFlight = 0;
  slowestRecovery = 0;
  recoveries = 0;
  readonly #table: MemoryTable;
  readonly #now: () => number;
  readonly #limits: { readonly maxInFlight: number; readonly spacing: number };

  constructor(table: MemoryTable, now: () => number, limits: { maxInFlight: number; spacing: number }) {
    this.#table = table;
    this.#now = now;
    this.#limits = limits;
  }

  begin(lease: Lease): void {
    const record = this.record(lease.accountId);
    const now = this.#now();
    const distance = now - record.lastBegin;
    if (distance < this.#limits.spacing - onTheWay) this.#violate(lease, `used ${distance} ms after the last use`);
    record.uses += 1;
    record.lastBegin = now;
    record.inFlight.add(lease);
    this.mostInFlight = Math.max(this.mostInFlight, record.inFlight.size);
    if (record.inFlight.size > this.#limits.maxInFlight) this.#violate(lease, 'more in flight than allowed');
    const probing = [...record.inFlight].filter(({ place }) => place?.taken.probe !== undefined);
    if (probing.length > 0 && record.inFlight.size > 1 && probing[0] !== lease)
      this.#violate(lease, 'used while probed');
    if (lease.place?.taken.probe !== undefined) {
      record.probes += 1;
      this.recoveries += 1;
      const waited = lease.account.waits.chat?.until ?? now;
      this.slowestRecovery = Math.max(this.slowestRecovery, now - waited);
    }
    this.#compareWithRow(lease);
  }

  // Where several requests share an account, another one's fault may have been stored while this one was on its way.
  #compareWithRow(lease: Lease): void {
    const now = this.#now();
    const row = this.inspect(lease.accountId);
    const state = this.#limits.maxInFlight === 1 ? row?.state : lease.account.state;
    if (state !== 'ok') this.#violate(lease, `used while ${state}`);
    const wait = row?.waits.chat;
    const storedLongAgo = wait !== undefined && wait.until - wait.length < now - onTheWay;
    if (wait !== undefined && wait.until > now && storedLongAgo) this.#violate(lease, 'used while waiting');
  }

  end(lease: Lease, outcome: OutcomeName): void {
    const record = this.record(lease.accountId);
    record.inFlight.delete(lease);
    record.met.add(outcome);
  }

  /** The instance that had it was killed. */
  lose(lease: Lease): void {
    this.record(lease.accountId).inFlight.delete(lease);
  }

  /** Looks at an account's row: is there a reason for everything that keeps it from use? */
  inspect(id: string): Account | undefined {
    const item = this.#table.peek(accountKey(lane, id));
    const account = item === undefined ? undefined : readAccount(item);
    if (account === undefined) {
      this.violations.push(`${id} is lost`);
      return undefined;
    }
    const { met } = this.record(id);
    const faults = faultsOfState[account.state];
    if (account.state !== 'ok' && !faults?.some((fault) => met.has(fault))) {
      this.violations.push(`${id} is ${account.state}, but met only ${[...met].join(', ')}`);
    }
    const wait = account.waits.chat;
    if (wait !== undefined && !faultsOfWait[wait.cause].some((fault) => met.has(fault))) {
      this.violations.push(`${id} waits for ${wait.cause}, but met only ${[...met].join(', ')}`);
    }
    return account;
  }

  record(id: string): AccountRecord {
    const record = this.records.get(id) ?? new AccountRecord();
    this.records.set(id, record);
    return record;
  }

  #violate({ accountId }: Lease, what: string): void {
    this.violations.push(`${new Date(this.#now()).toISOString()} ${accountId} ${what}`);
  }
}
