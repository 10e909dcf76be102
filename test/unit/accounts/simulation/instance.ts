import { AccountPool } from '../../../../shared/accounts/account-pool.ts';
import type { AccountLimits } from '../../../../shared/accounts/lease.ts';
import { AccountUnauthorizedError } from '../../../../shared/chat/errors/account-faults.ts';
import type { SecretBox } from '../../../../shared/secrets/secret-box.ts';
import type { MemoryTable } from '../../../support/memory-table.ts';
import { InstanceTable } from './instance-table.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** What `Instance.killed` resolves to. */
export const killed = Symbol('killed');

export interface InstanceOptions {
  readonly table: MemoryTable;
  readonly secretBox: SecretBox;
  readonly time: SimulatedTime;
  readonly limits: AccountLimits;
  /** Whether it is frozen while it has no request: then its timers stand still. */
  readonly freezes: boolean;
}

/** One function's execution environment. */
export class Instance {
  readonly pool: AccountPool;
  readonly killed: Promise<typeof killed>;
  readonly kill: () => void;
  readonly #freezes: boolean;
  #requests = 0;
  #missed: (() => void)[] = [];

  constructor({ table, secretBox, time, limits, freezes }: InstanceOptions) {
    const { promise, resolve } = Promise.withResolvers<typeof killed>();
    const ownTable = new InstanceTable(table, time);
    let alive = true;
    this.killed = promise;
    this.kill = () => {
      alive = false;
      ownTable.kill();
      resolve(killed);
    };
    this.#freezes = freezes;
    const unused = () => Promise.reject(new AccountUnauthorizedError('no account of this world signs in'));
    const after = (milliseconds: number, action: () => void) => {
      let calledOff = false;
      const act = () => {
        if (alive && !calledOff) action();
      };
      const stop = time.after(milliseconds, () => (this.#frozen ? this.#missed.push(act) : act()));
      return () => {
        calledOff = true;
        stop();
      };
    };
    const { now } = time;
    this.pool = new AccountPool({ table: ownTable, secretBox, signIn: unused, refresh: unused, limits, now, after });
  }

  get idle(): boolean {
    return this.#requests === 0;
  }

  /** A request comes. Timers that were due while the instance was frozen go off. */
  begin(): void {
    this.#requests += 1;
    const missed = this.#missed;
    this.#missed = [];
    for (const act of missed) act();
  }

  /** Its handler is done. */
  end(): void {
    this.#requests -= 1;
  }

  get #frozen(): boolean {
    return this.#freezes && this.idle;
  }
}
