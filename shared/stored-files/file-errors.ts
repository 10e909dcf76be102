import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No such file, or another key's, or a deleted or expired one. */
export class FileNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'file_not_found';

  /** @param param the client's name for the id. */
  constructor(id: string, param = 'file_id') {
    super(`There is no file '${id.slice(0, 100)}' of this key. GET /v1/files lists them.`, { param });
  }
}

/** The file was announced, and its bytes are not there, or not as many. */
export class FileNotUploadedError extends InvalidRequestError {
  override readonly code = 'file_not_uploaded';

  /** @param param the client's name for the id. */
  constructor(id: string, param = 'file_id') {
    super(
      `The bytes of the file '${id.slice(0, 100)}' are not there, or not as many as were announced. Send them by PUT ` +
        'to the address that the file was given, then ask again.',
      { param },
    );
  }
}

/** The account that has the file is gone, or its token was not sent. */
export class FileGoneError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'file_gone';

  /** @param param the client's name for the id. */
  constructor(param: string, cause: unknown) {
    super('The account that has this file is not here any more, or its token was not sent: upload the file anew.', {
      param,
      cause,
    });
  }
}

/** The files of a request lie in the storage of different accounts, or not in that of the chat's account. */
export class FileAccountConflictError extends InvalidRequestError {
  override readonly code = 'file_account_conflict';

  /** @param param the client's name for the id of the file that does not fit. */
  constructor(param: string) {
    super(
      'This file lies in the storage of another account than the rest of the request: upload it anew, or store it in ' +
        "the gateway's own bucket (POST /v1/files, or storage=bucket).",
      { param },
    );
  }
}
