import { InvalidJsonError } from '../../chat/errors/request-errors.ts';

/** The body of a request that needs an object. @throws InvalidJsonError */
export function objectOf(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new InvalidJsonError('The request body must be a JSON object. Send one with content-type application/json.');
}
