import * as z from 'zod/mini';
import type { Budget, CallerLimits } from '../../chat/caller-limits.ts';

const number = z.nullish(z.int().check(z.gte(1)));

const budget = z.nullish(z.strictObject({ requests: number, tokens: number, images: number, video_seconds: number }));

/** Strict: a limit that is misspelt would be none. */
export const limitsBody = z.strictObject({
  requests_per_minute: number,
  tokens_per_minute: number,
  in_flight: number,
  day: budget,
  month: budget,
});

/** How limits are asked for, and shown. */
export const limitsDemand =
  'must be null or hold requests_per_minute, tokens_per_minute, in_flight, day and month; each a whole number from 1 or null, day and month objects with requests, tokens, images and video_seconds';

/** @returns the limits that a body names, `undefined` when it names none. */
export function readKeyLimits(body: z.output<typeof limitsBody> | null): CallerLimits | undefined {
  if (body === null) return undefined;
  const day = readBudget(body.day);
  const month = readBudget(body.month);
  const limits = given({
    requestsPerMinute: body.requests_per_minute,
    tokensPerMinute: body.tokens_per_minute,
    inFlight: body.in_flight,
  });
  const all = { ...limits, ...(day && { day }), ...(month && { month }) };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Limits as the admin API shows them: all of them, `null` for none. */
export function describeLimits(limits: CallerLimits | undefined): object | null {
  if (limits === undefined) return null;
  const { requestsPerMinute = null, tokensPerMinute = null, inFlight = null, day, month } = limits;
  return {
    requests_per_minute: requestsPerMinute,
    tokens_per_minute: tokensPerMinute,
    in_flight: inFlight,
    day: describeBudget(day),
    month: describeBudget(month),
  };
}

function readBudget(body: z.output<typeof budget>): Budget | undefined {
  if (body === undefined || body === null) return undefined;
  const { video_seconds: videoSeconds, ...rest } = body;
  const read: Budget = given({ ...rest, videoSeconds });
  return Object.keys(read).length === 0 ? undefined : read;
}

function describeBudget(budget: Budget = {}): object {
  const { requests, tokens, images, videoSeconds } = budget;
  const orNull = (amount: number | undefined) => amount ?? null;
  return {
    requests: orNull(requests),
    tokens: orNull(tokens),
    images: orNull(images),
    video_seconds: orNull(videoSeconds),
  };
}

function given<Name extends string>(
  fields: Readonly<Partial<Record<Name, number | null | undefined>>>,
): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) found[name] = value;
  }
  return found;
}
