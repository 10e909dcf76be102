import * as z from 'zod/mini';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Attributes } from '../store/attributes.ts';

const failureForm = z.object({
  status: z.number(),
  type: z.string(),
  code: z.string(),
  message: z.string(),
  param: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
  shouldRetry: z.optional(z.boolean()),
});

const form = z.object({
  fingerprint: z.string(),
  /** Who makes the answer; each run has an id of its own. */
  run: z.string(),
  /**
   * `running`: nothing is known yet. `open`: a stream whose head is known. `done`: a good answer, whole. `broken`: one that
   * its caller has seen break. `failed`: there was nothing but an error.
   */
  state: z.enum(['running', 'open', 'done', 'broken', 'failed']),
  /** Epoch milliseconds: a run that is not renewed by then is dead. */
  leaseEnd: z.number(),
  /** Epoch seconds. */
  ttl: z.number(),
  status: z.optional(z.number()),
  headers: z.optional(z.record(z.string(), z.string())),
  /** Only of streams. */
  idleAfter: z.optional(z.number()),
  idle: z.optional(z.string()),
  /** How many pieces have rows of their own. */
  pieces: z.optional(z.number()),
  /** What comes behind them. */
  tail: z.optional(z.string()),
  failure: z.optional(failureForm),
});

/** An answer that an `Idempotency-Key` stands for, or that is being made. */
export type KeptAnswer = z.infer<typeof form>;

/** An error, as it is stored for those who wait for the answer. */
export type KeptFailure = z.infer<typeof failureForm>;

/** @returns the answer, `undefined` when there is no row. @throws Error when the row is none of ours. */
export function readKeptAnswer(row: Attributes | undefined): KeptAnswer | undefined {
  return row === undefined ? undefined : z.parse(form, row);
}

/** Whether the next request with the key makes the answer anew. @param now epoch milliseconds. */
export function isFree(answer: KeptAnswer, now: number): boolean {
  const { state, ttl } = answer;
  return ttl * 1000 <= now || state === 'failed' || state === 'broken' || isDead(answer, now);
}

/** Whether nobody makes the answer any more. */
export function isDead({ state, leaseEnd }: KeptAnswer, now: number): boolean {
  return (state === 'running' || state === 'open') && leaseEnd <= now;
}

export function keptFailure(error: GatewayError): KeptFailure {
  const { status, type, code, message, param, retryAfterSeconds, shouldRetry } = error;
  return { status, type, code, message, param, retryAfterSeconds, shouldRetry };
}
