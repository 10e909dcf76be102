import { randomBytes } from 'node:crypto';
import { IdempotencyConflictError } from '../chat/errors/idempotency-errors.ts';
import { keptAnswerKey } from '../store/keys.ts';
import type { AnswerTable } from './answer-table.ts';
import type { Clock } from './clock.ts';
import { isFree, type KeptAnswer, readKeptAnswer } from './kept-answer.ts';

/** Seconds for which an answer is kept. */
const keepSeconds = 24 * 3600;

/** Milliseconds for which a run is taken for alive after it has said so. */
export const leaseMilliseconds = 20_000;

/** Either the caller's own run, whose answer is to be made now, or the answer that is there or under way. */
export type Claim = { readonly run: string } | { readonly answer: KeptAnswer };

/** Gives the answer of a key to one run at a time. All methods throw StoreUnavailableError. */
export class AnswerClaims {
  readonly #table: AnswerTable;
  readonly #clock: Clock;

  constructor(table: AnswerTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async read(partition: string): Promise<KeptAnswer | undefined> {
    return readKeptAnswer(await this.#table.get(keptAnswerKey(partition), { consistent: true }));
  }

  /** @throws IdempotencyConflictError when the key stands for another request. */
  async claim(partition: string, fingerprint: string): Promise<Claim> {
    const run = randomBytes(9).toString('base64url');
    let isTaken = await this.#take(partition, run, fingerprint);
    while (!isTaken) {
      const answer = await this.read(partition);
      // The call may have been made twice, when its answer was lost on the way.
      if (answer?.run === run) break;
      if (answer !== undefined && !isFree(answer, this.#clock.now())) {
        if (answer.fingerprint !== fingerprint) throw new IdempotencyConflictError();
        return { answer };
      }
      isTaken = await this.#take(partition, run, fingerprint, answer);
    }
    return { run };
  }

  /** @param before what is put aside. */
  #take(partition: string, run: string, fingerprint: string, before?: KeptAnswer): Promise<boolean> {
    const now = this.#clock.now();
    const leaseEnd = now + leaseMilliseconds;
    const row = { run, fingerprint, state: 'running', leaseEnd, ttl: Math.ceil(now / 1000) + keepSeconds };
    // A run that renews its lease meanwhile is not dead.
    const condition =
      before === undefined
        ? { exists: false }
        : { equals: { run: before.run, state: before.state, leaseEnd: before.leaseEnd } };
    return this.#table.put(keptAnswerKey(partition), row, condition);
  }
}
