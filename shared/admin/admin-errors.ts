import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No account of this id. */
export class AccountNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'account_not_found';

  constructor() {
    super('There is no such account. GET /admin/accounts lists what there is.');
  }
}

/** No import of this id, or one too old. */
export class ImportNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'import_not_found';

  constructor() {
    super('There is no such import; imports are forgotten after seven days.');
  }
}

/** The account is in a state in which this act means nothing. */
export class AccountStateError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'account_state';
}
