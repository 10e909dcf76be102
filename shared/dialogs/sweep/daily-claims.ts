import { dailyClaimKey } from '../../store/keys.ts';
import type { Table } from '../../store/table.ts';

/** A little less than a day, so that a schedule that is late does not drift. */
const againAfterMilliseconds = 23.5 * 3600 * 1000;
const keptSeconds = 3 * 24 * 3600;

/** What is to be done once a day, by whoever comes first. */
export class DailyClaims {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** @returns whether it is to be done now, by the caller and nobody else. @throws StoreUnavailableError */
  async claim(work: string): Promise<boolean> {
    const claimedAt = this.#now();
    const set = { claimedAt, ttl: Math.ceil(claimedAt / 1000) + keptSeconds };
    return this.#table.update(
      dailyClaimKey(work),
      { set },
      { atMost: { claimedAt: claimedAt - againAfterMilliseconds } },
    );
  }
}
