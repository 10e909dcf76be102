import { openJobKey, openJobsPartition } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { JobKey } from './job.ts';
import type { JobStore } from './job-store.ts';

/**
 * The list of jobs that somebody has to finish, so that nobody has to look through all of them. A job is in it before its
 * row is made, and until after its end. All methods throw StoreUnavailableError.
 */
export class OpenJobs {
  readonly #table: Table;
  readonly #store: Pick<JobStore, 'expiry'>;

  constructor(table: Table, store: Pick<JobStore, 'expiry'>) {
    this.#table = table;
    this.#store = store;
  }

  async add({ callerId, id }: JobKey): Promise<void> {
    await this.#table.put(openJobKey(id), { callerId, ttl: this.#store.expiry });
  }

  async remove({ id }: JobKey): Promise<void> {
    await this.#table.delete(openJobKey(id));
  }

  /** Oldest first. */
  async list(): Promise<readonly JobKey[]> {
    const rows = await this.#table.query(openJobsPartition, { consistent: true });
    return rows.flatMap((row) => {
      const callerId = textAttribute(row, 'callerId');
      const id = textAttribute(row, 'sk');
      return callerId === undefined || id === undefined ? [] : [{ callerId, id }];
    });
  }
}
