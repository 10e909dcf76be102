import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/**
 * JSON text of a value from a body.
 *
 * @param field that holds it.
 * @throws InvalidRequestError when it is nested so deeply that it can't be written.
 */
export function jsonText(value: unknown, field: string): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new InvalidRequestError(`'${field}' is nested too deeply.`, { param: field, cause });
  }
}
