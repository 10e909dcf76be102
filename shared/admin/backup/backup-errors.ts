import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/**
 * The encrypted part of an export does not open. Another passphrase and a changed document look the same, on purpose.
 */
export class ExportUnreadableError extends InvalidRequestError {
  override readonly code = 'export_unreadable';

  constructor(options?: ErrorOptions) {
    super(
      'The secrets of this document can’t be opened: the passphrase is another one, or something in the document was changed.',
      { param: 'passphrase', ...options },
    );
  }
}
