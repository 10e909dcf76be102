import { GatewayError } from './gateway-error.ts';

/** The request can't be served as it is; the caller has to change it. */
export class InvalidRequestError extends GatewayError {
  override readonly status: number = 400;
  override readonly type: string = 'invalid_request_error';
  override readonly code: string = 'invalid_request';
  override readonly shouldRetry = false;
}

/** A parameter that the gateway knows and can't honour, as `n: 2`. */
export class UnsupportedParameterError extends InvalidRequestError {
  override readonly code = 'unsupported_parameter';
}

/** The body is not JSON, or not an object. */
export class InvalidJsonError extends InvalidRequestError {
  override readonly code = 'invalid_json';
}

/** No key, or one that the gateway doesn't know. */
export class AuthenticationError extends InvalidRequestError {
  override readonly status = 401;
  override readonly type = 'authentication_error';
  override readonly code = 'invalid_api_key';
}

/** The key's time is over. */
export class KeyExpiredError extends InvalidRequestError {
  override readonly status = 401;
  override readonly type = 'authentication_error';
  override readonly code = 'api_key_expired';

  constructor() {
    super('The time of this key is over. Ask the owner for a new one.');
  }
}

/** A session is over: its time, its sign-in, or the rights of its key. */
export class SessionExpiredError extends InvalidRequestError {
  override readonly status = 401;
  override readonly type = 'authentication_error';
  override readonly code = 'session_expired';

  constructor() {
    super('This session is over. Sign in again with an admin key.');
  }
}

/** The key is known, and not allowed to do this. */
export class PermissionDeniedError extends InvalidRequestError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'permission_denied';
}

/** No such path. */
export class RouteNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'route_not_found';
}

/** No such model in the upstream's catalogue. */
export class ModelNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'model_not_found';
}

/** The path exists, for other methods. */
export class MethodNotAllowedError extends InvalidRequestError {
  override readonly status = 405;
  override readonly code = 'method_not_allowed';
}

/** The conversation can't be continued upstream, and the deployment's setting forbids beginning it anew. */
export class ConversationUnknownError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'conversation_unknown';
}

/** The body is larger than a function can take. */
export class PayloadTooLargeError extends InvalidRequestError {
  override readonly status = 413;
  override readonly type = 'request_too_large';
  override readonly code = 'request_too_large';
}

/** How large a conversation is, and how large it may be, both in tokens. */
export interface ContextSize {
  readonly tokens: number;
  readonly limit: number;
}

/**
 * The conversation is longer than the upstream takes. Agents make room when they know the words, and each dialect has
 * its own (clients §4); the message is in OpenAI's.
 */
export class ContextTooLongError extends InvalidRequestError {
  override readonly code = 'context_length_exceeded';
  readonly size: ContextSize;

  constructor(size: ContextSize) {
    super(
      `This model's maximum context length is ${size.limit} tokens. However, the conversation takes about ` +
        `${size.tokens}. Leave out older messages, or put a summary in their place.`,
      { param: 'messages' },
    );
    this.size = size;
  }
}
