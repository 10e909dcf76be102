import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/** There is no job of this id, or not any more. */
export class JobNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'job_not_found';

  constructor(id: string) {
    super(`There is no job ${id.slice(0, 100)}.`, { param: 'id' });
  }
}

/** The job is over, or is one that nobody can end: pictures are listed when they are made. */
export class JobOverError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'job_over';

  constructor() {
    super('This job is over: there is nothing to cancel.', { param: 'id' });
  }
}
