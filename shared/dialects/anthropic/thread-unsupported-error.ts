import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/** What the SDK reads to find out that it has to send the whole conversation again (clients §1 (12)). */
export interface ThreadUnsupportedDetails {
  readonly error_code: 'thread_unsupported_request';
  readonly unsupported: readonly string[];
}

/**
 * The body asks for a conversation that the server keeps. Ignoring that would lose the conversation: the next request
 * would hold nothing but its newest message.
 */
export class ThreadUnsupportedError extends InvalidRequestError {
  override readonly code = 'unsupported_parameter';
  readonly details: ThreadUnsupportedDetails = { error_code: 'thread_unsupported_request', unsupported: ['thread'] };

  constructor() {
    super("Conversations are not kept here. Leave 'thread' out, and send all messages each time.", { param: 'thread' });
  }
}
