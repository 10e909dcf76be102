import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No such response, or another key's. */
export class ResponseNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'response_not_found';

  constructor(id: string) {
    super(`Response with id '${id}' not found.`, { param: 'response_id' });
  }
}

/** The response to go on from is not there, or another key's. */
export class PreviousResponseNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'previous_response_not_found';

  constructor(id: string) {
    super(`Previous response with id '${id}' not found.`, { param: 'previous_response_id' });
  }
}

/** An `item_reference` to an item that is not stored any more. */
export class ItemNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'item_not_found';

  constructor(id: string) {
    super(`Item with id '${id}' not found. Items are kept when the response was stored.`, { param: 'input' });
  }
}

/** What is asked for speaks WebSocket, and only HTTP is spoken here. Codex falls back at once on this status. */
export class UpgradeRequiredError extends InvalidRequestError {
  override readonly status = 426;
  override readonly code = 'upgrade_required';
}
