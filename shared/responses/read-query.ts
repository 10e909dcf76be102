import { InvalidRequestError } from '../chat/errors/request-errors.ts';

type Query = Readonly<Record<string, string | undefined>>;

/**
 * A whole number from the query, `undefined` when it is not there.
 *
 * @throws InvalidRequestError
 */
export function wholeNumber(
  query: Query,
  name: string,
  { minimum, maximum = Number.MAX_SAFE_INTEGER }: { readonly minimum: number; readonly maximum?: number },
): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum} on` : `from ${minimum} to ${maximum}`;
  throw new InvalidRequestError(`'${name}' must be a whole number ${range}.`, { param: name });
}
