import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** Which numbers are taken, from 1 on. */
export interface IntegerRange {
  /** When the field is absent. */
  readonly fallback: number;
  readonly largest?: number;
}

/** Reads a number out of a query. @throws InvalidRequestError naming the field. */
export function readInteger(
  name: string,
  text: string | undefined,
  { fallback, largest = Number.MAX_SAFE_INTEGER }: IntegerRange,
): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
  throw new InvalidRequestError(`'${name}' must be a whole number ${range(largest)}.`, { param: name });
}

function range(largest: number): string {
  return largest === Number.MAX_SAFE_INTEGER ? 'from 1 on' : `from 1 to ${largest}`;
}
