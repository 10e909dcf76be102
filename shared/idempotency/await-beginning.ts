import { IdempotencyInProgressError } from '../chat/errors/idempotency-errors.ts';
import type { Call } from '../http/invocation.ts';
import type { AnswerClaims } from './answer-claims.ts';
import type { AnswerTable } from './answer-table.ts';
import type { Clock } from './clock.ts';
import { FollowedAnswer, type News } from './followed-answer.ts';
import { isDead, type KeptAnswer } from './kept-answer.ts';
import { Pace } from './pace.ts';
import { RepeatedError } from './repeated-error.ts';

/** Milliseconds of a function's time that are kept for ending its answer. */
export const reserve = 10_000;

/** An answer whose head is known, and of which there is something to show. */
export interface BegunAnswer {
  readonly answer: KeptAnswer;
  readonly followed: FollowedAnswer;
  readonly first: News;
}

export interface Waiting {
  readonly table: AnswerTable;
  readonly clock: Clock;
  readonly claims: AnswerClaims;
  readonly partition: string;
  readonly call: Pick<Call, 'remainingMilliseconds'>;
}

/**
 * Waits until there is something to show of an answer: before that, nobody is bound to it.
 *
 * @returns `undefined` when nobody makes it any more.
 * @throws RepeatedError when it fails, IdempotencyInProgressError when this function's time is over first,
 *   StoreUnavailableError.
 */
export async function awaitBeginning(found: KeptAnswer, waiting: Waiting): Promise<BegunAnswer | undefined> {
  const { table, clock, claims, partition, call } = waiting;
  const pace = new Pace();
  const followed = new FollowedAnswer(table, partition, found.run, clock.now);
  let answer: KeptAnswer | undefined = found;
  while (answer?.run === found.run && !isDead(answer, clock.now())) {
    if (answer.failure !== undefined) throw new RepeatedError(answer.failure);
    if (answer.state !== 'running') {
      const first = await followed.look();
      if (first.state === 'lost') return undefined;
      if (first.text !== '' || first.state === 'over') return { answer, followed, first };
    }
    if (call.remainingMilliseconds() < reserve) throw new IdempotencyInProgressError();
    await clock.delay(pace.next());
    answer = await claims.read(partition);
  }
  return undefined;
}
