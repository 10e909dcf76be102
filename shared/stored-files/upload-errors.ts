import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No such upload in parts, or another key's, or one whose time is over. */
export class UploadNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'upload_not_found';

  constructor(id: string) {
    super(`There is no upload '${id.slice(0, 100)}' of this key. It may have expired: an upload lasts an hour.`, {
      param: 'upload_id',
    });
  }
}

/** The upload is over, or was completed in another way. */
export class UploadStateError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'upload_not_pending';
}

/** The parts that were named do not make the file that was announced. */
export class UploadMismatchError extends InvalidRequestError {
  override readonly code = 'upload_mismatch';
}

/** The body of the request is larger than a function takes; other routes take it. */
export class FileTooLargeError extends InvalidRequestError {
  override readonly status = 413;
  override readonly type = 'request_too_large';
  override readonly code = 'file_too_large';
}
