import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No event can be sent there, or none can be signed. */
export class InvalidWebhookError extends InvalidRequestError {
  override readonly code = 'invalid_webhook';
}
