import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** A picture, video or document of the request is not what it should be, or can't be fetched. */
export class InvalidMediaError extends InvalidRequestError {
  override readonly code = 'invalid_media';
}

/** @returns the error for one field of the client's body. @param what follows the field's name in the sentence. */
export function invalidMedia(field: string, what: string, cause?: unknown): InvalidMediaError {
  return new InvalidMediaError(`'${field}' ${what}`, { param: field, cause });
}
