import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** Seconds that a client may ask a file to live, as in OpenAI's API. */
const shortest = 3600;
const longest = 30 * 24 * 3600;

/** When files are to end; see `read-expiry`. */
export interface ExpiresAfter {
  readonly anchor?: string | null | undefined;
  readonly seconds?: string | number | null | undefined;
}

/**
 * Reads `expires_after`.
 *
 * @returns seconds from the making of the file; `undefined` when the client leaves it open.
 * @throws InvalidRequestError
 */
export function readExpiry(given: ExpiresAfter | null | undefined): number | undefined {
  const { anchor, seconds } = given ?? {};
  if (anchor === undefined && seconds === undefined) return undefined;
  if (anchor !== 'created_at') {
    throw new InvalidRequestError("'expires_after.anchor' must be created_at.", { param: 'expires_after.anchor' });
  }
  const number = /^\d{1,9}$/.test(String(seconds)) ? Number(seconds) : Number.NaN;
  if (number >= shortest && number <= longest) return number;
  throw new InvalidRequestError(`'expires_after.seconds' must be a whole number from ${shortest} to ${longest}.`, {
    param: 'expires_after.seconds',
  });
}

/**
 * When a file ends.
 *
 * @param createdAt epoch milliseconds; @param seconds as the client asks; @param keepDays what the bucket keeps at most.
 * @returns epoch milliseconds.
 */
export function endOfFile(createdAt: number, seconds: number | undefined, keepDays: number): number {
  const kept = keepDays * 24 * 3600;
  return createdAt + Math.min(seconds ?? kept, kept) * 1000;
}
