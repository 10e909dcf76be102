import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No clean-up of this id, one too old, or another caller's. */
export class CleanupNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'cleanup_not_found';

  constructor() {
    super('There is no such clean-up; clean-ups are forgotten after seven days.');
  }
}
