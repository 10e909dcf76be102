import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** There is no request of this id in the log, or not any more. */
export class RequestNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'request_not_found';
}
