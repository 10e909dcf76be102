import { InvalidRequestError } from './errors/request-errors.ts';

/** Printable ASCII, which is all that headers carry safely. */
const form = /^[\x20-\x7e]{1,255}$/;

/**
 * @param headers with names in lower case.
 * @returns the caller's `Idempotency-Key`, `undefined` without one.
 * @throws InvalidRequestError when it has no character, more than 255, or others than printable ones.
 */
export function readIdempotencyKey(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || form.test(key)) return key;
  throw new InvalidRequestError("'Idempotency-Key' must have 1 to 255 printable characters.", {
    param: 'Idempotency-Key',
  });
}
