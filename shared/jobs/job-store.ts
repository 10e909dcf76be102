import type { JobMetering } from '../chat/call-meter.ts';
import type { Attributes } from '../store/attributes.ts';
import { allJobsList, jobKey, jobsPartition } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { Job, JobFacts, JobKey, JobRequest } from './job.ts';
import { beforeAllJobIds, timeOfJobId } from './job-id.ts';
import { factAttributes, readJobRow } from './job-row.ts';
import { type JobTransition, nextStage } from './job-stages.ts';

export interface JobStoreOptions {
  readonly table: Table;
  /** Days after which a job is forgotten. */
  readonly keepDays: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What goes with a deleted job. */
const forgotten = ['request', 'url', 'resultKey', 'webhook', 'listKey', 'listPlace'] as const;

/** Which of a caller's jobs are wanted. */
export interface JobRange {
  /** From 1. */
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** Those that come behind this id in that order. */
  readonly after?: string | undefined;
}

/**
 * The rows of jobs: the truth about them. Every change is one conditional write, as `jobTransitions` has it, of the very
 * row that was read; whoever comes second changes nothing. All methods throw StoreUnavailableError.
 */
export class JobStore {
  readonly #table: Table;
  readonly #keepMilliseconds: number;
  readonly #now: () => number;

  constructor({ table, keepDays, now = Date.now }: JobStoreOptions) {
    this.#table = table;
    this.#keepMilliseconds = keepDays * 24 * 3600 * 1000;
    this.#now = now;
  }

  /** When a job that is made now is forgotten, in epoch seconds. */
  get expiry(): number {
    return Math.ceil((this.#now() + this.#keepMilliseconds) / 1000);
  }

  /**
   * Writes the row of a new job. Nothing happens when it is there, also when it was deleted.
   *
   * @param webhookUrl whom its end will be told.
   * @param metering how it is charged.
   */
  async create(key: JobKey, request: JobRequest, webhookUrl?: string, metering?: JobMetering): Promise<void> {
    const createdAt = timeOfJobId(key.id) ?? this.#now();
    const begun = { stage: 'queued', revision: 1, attempt: 1, createdAt, ttl: this.expiry };
    const webhook = webhookUrl === undefined ? {} : { webhook: { url: webhookUrl, tries: 0 } };
    const more = { ...webhook, ...(metering && { metering: { ...metering } }) };
    const attributes = { ...begun, ...placeInList(key), request: { ...request }, ...more };
    await this.#table.put(jobKey(key), attributes, { exists: false });
  }

  /** @returns `undefined` when there is no such job of this caller, it is too old, or deleted. */
  async find(key: JobKey): Promise<Job | undefined> {
    const job = await this.#read(key);
    return job?.stage === 'deleted' ? undefined : job;
  }

  /** The caller's jobs in the order of their making. */
  async list(callerId: string, { limit, order, after }: JobRange): Promise<readonly Job[]> {
    const jobs: Job[] = [];
    let place = after;
    for (;;) {
      const wanted = limit - jobs.length;
      const from = order === 'asc' ? { after: place ?? beforeAllJobIds } : place !== undefined && { before: place };
      const rows = await this.#table.part(jobsPartition(callerId), { limit: wanted, consistent: true, ...from });
      for (const row of rows) {
        const job = readJobRow(row, callerId, this.#now());
        if (job !== undefined && job.stage !== 'deleted') jobs.push(job);
      }
      if (rows.length < wanted || jobs.length === limit) return jobs;
      place = String(rows.at(-1)?.sk);
    }
  }

  /**
   * The jobs of all callers, the newest first: those that were made or changed since there is this list, and a moment
   * after that.
   *
   * @param before only ids before this one.
   */
  async listAll(limit: number, before?: string): Promise<readonly Job[]> {
    const rows = await this.#table.listed(allJobsList, { limit, before, descending: true });
    return rows.flatMap((row) => {
      const job = readJobRow(row, ownerOf(row), this.#now());
      return job === undefined || job.stage === 'deleted' ? [] : [job];
    });
  }

  /** The job of this id, whoever's it is. @returns `undefined` when `listAll` has none. */
  async findAny(id: string): Promise<Job | undefined> {
    // The smallest text that sorts behind the id.
    const [row] = await this.#table.listed(allJobsList, { limit: 1, before: `${id}\u0001`, descending: true });
    return row === undefined || textAttribute(row, 'sk') !== id ? undefined : this.find({ callerId: ownerOf(row), id });
  }

  /**
   * Makes one change of a job.
   *
   * @param job as it was read.
   * @param forget names of facts that are no longer true.
   * @returns the job as it is then; `undefined` when the transition leads on from no such stage, or the row has changed
   *   since it was read: read again.
   */
  async move(
    job: Job,
    transition: JobTransition,
    facts: JobFacts = {},
    forget: readonly (keyof JobFacts | (typeof forgotten)[number])[] = [],
  ): Promise<Job | undefined> {
    const stage = nextStage(job.stage, transition);
    if (stage === undefined) return undefined;
    const row = await this.#table.updateAndRead(
      jobKey(job.key),
      {
        set: { ...factAttributes(facts), ...(stage !== 'deleted' && placeInList(job.key)), stage },
        add: { revision: 1 },
        remove: forget,
      },
      { exists: true, equals: { stage: job.stage, revision: job.revision } },
    );
    return readJobRow(row, job.key.callerId, this.#now());
  }

  /** Deletes a job and what it holds. @returns the job as it was; `undefined` when it was not there. */
  async delete(key: JobKey): Promise<Job | undefined> {
    for (;;) {
      const job = await this.find(key);
      if (job === undefined) return undefined;
      const deleted = await this.move(job, 'delete', { endedAt: job.endedAt ?? this.#now() }, forgotten);
      if (deleted !== undefined) return job;
    }
  }

  async #read(key: JobKey): Promise<Job | undefined> {
    return readJobRow(await this.#table.get(jobKey(key), { consistent: true }), key.callerId, this.#now());
  }
}

/** Where a job stands in the list of all jobs; their ids sort as they were made. */
function placeInList({ id }: JobKey): Attributes {
  return { listKey: allJobsList, listPlace: id };
}

function ownerOf(row: Attributes): string {
  return (textAttribute(row, 'pk') ?? '').slice(jobsPartition('').length);
}
