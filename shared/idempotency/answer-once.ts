import { readIdempotencyKey } from '../chat/idempotency-key.ts';
import type { AnswerRoute } from '../http/endpoint.ts';
import type { Logger } from '../logging/logger.ts';
import { keptAnswerPartition } from '../store/keys.ts';
import { AnswerClaims } from './answer-claims.ts';
import { AnswerRecorder } from './answer-recorder.ts';
import type { AnswerTable } from './answer-table.ts';
import { awaitBeginning } from './await-beginning.ts';
import { type Clock, realClock } from './clock.ts';
import { fingerprintOf, hashOfPlace } from './fingerprint.ts';
import { type BreakStream, repeatAnswer } from './repeat-answer.ts';
import { runAnswer } from './run-answer.ts';

export interface AnswerOnceOptions {
  readonly table: AnswerTable;
  readonly logger: Logger;
  readonly breakStream: BreakStream;
  readonly clock?: Clock;
}

/**
 * Lets a caller's `Idempotency-Key` stand for one good answer, however often it is sent. The first request with it makes
 * the answer, later ones get the same, and those that come meanwhile wait for it, or follow it. Only good answers are
 * kept; after a failure the next request makes another.
 *
 * @returns answers a route, whose errors it throws, and beside them IdempotencyConflictError, IdempotencyInProgressError,
 *   InvalidRequestError for a bad key, StoreUnavailableError. Without a key, or on routes that create nothing, it costs
 *   nothing. Of callers who bring tokens nothing is stored, so that a key means nothing for them.
 */
export function createAnswerOnce({ table, logger, breakStream, clock = realClock }: AnswerOnceOptions): AnswerRoute {
  const claims = new AnswerClaims(table, clock);
  return async (route, call, handle) => {
    if (route.creates !== true || call.caller.tokens !== undefined) return handle(call);
    const key = readIdempotencyKey(call.headers);
    if (key === undefined) return handle(call);
    const partition = keptAnswerPartition(call.caller.id, hashOfPlace(route, call, key));
    const fingerprint = fingerprintOf(call);
    for (;;) {
      const claim = await claims.claim(partition, fingerprint);
      if ('run' in claim) {
        const recorder = new AnswerRecorder({ table, clock, logger, partition, run: claim.run });
        return runAnswer(call, handle, recorder);
      }
      const begun = await awaitBeginning(claim.answer, { table, clock, claims, partition, call });
      if (begun !== undefined) return repeatAnswer(begun, { clock, breakStream, call, dialect: route.dialect });
    }
  };
}
