import { createHash } from 'node:crypto';
import { IdempotencyConflictError } from '../chat/errors/idempotency-errors.ts';
import { jobClaimKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { JobKey, JobRequest } from './job.ts';

/** Lets a caller's `Idempotency-Key` stand for one job, however often it is sent. */
export class JobClaims {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * The first one gives the key its job; all others get that one.
   *
   * @param key a new job's.
   * @param expiry epoch seconds until which the key is remembered.
   * @returns the job that the idempotency key stands for.
   * @throws IdempotencyConflictError when it stands for another request; StoreUnavailableError
   */
  async claim(key: JobKey, idempotencyKey: string, request: JobRequest, expiry: number): Promise<JobKey> {
    const place = jobClaimKey(key.callerId, hashOf(idempotencyKey));
    const fingerprint = fingerprintOf(request);
    const now = Math.floor(this.#now() / 1000);
    // A row whose time is over may still lie there.
    for (;;) {
      const isFirst = await this.#table.put(
        place,
        { jobId: key.id, fingerprint, ttl: expiry },
        { atMost: { ttl: now } },
      );
      if (isFirst) return key;
      const row = await this.#table.get(place, { consistent: true });
      const id = row && textAttribute(row, 'jobId');
      if (row === undefined || id === undefined || (numberAttribute(row, 'ttl') ?? 0) <= now) continue;
      if (textAttribute(row, 'fingerprint') !== fingerprint) throw new IdempotencyConflictError();
      return { ...key, id };
    }
  }
}

function fingerprintOf({ model, prompt, aspectRatio, size = '', seconds = '', webhookUrl }: JobRequest): string {
  const later = webhookUrl === undefined ? [] : [webhookUrl];
  return hashOf(JSON.stringify([model, prompt, aspectRatio, size, seconds, ...later]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
