import { type Fault, type RetryAdvice, UpstreamError } from './upstream-error.ts';

/** The upstream could not be reached, answered 5xx, or broke off: nobody's account is to blame. */
export class UpstreamUnavailableError extends UpstreamError {
  override readonly status: number = 502;
  override readonly type = 'api_error';
  override readonly code: string = 'upstream_unavailable';
  override readonly fault: Fault = 'transport';
  override readonly advice: RetryAdvice = 'once';
}

/** No connection came about, so that the upstream has seen nothing of the call. */
export class UpstreamUnreachableError extends UpstreamUnavailableError {}

/** The request was sent and its reply did not come: nobody knows whether the upstream took it. */
export class ReplyLostError extends UpstreamUnavailableError {
  override readonly code = 'upstream_reply_lost';
}

/** The connection ended before the answer was finished. */
export class TruncatedAnswerError extends UpstreamUnavailableError {
  override readonly code = 'upstream_truncated';
}

/** The upstream was silent for longer than the idle limit. */
export class StalledAnswerError extends UpstreamUnavailableError {
  override readonly status = 504;
  override readonly code = 'upstream_stalled';
}

/** A 200 without any text: a soft limit of the account or a broken session. */
export class EmptyAnswerError extends UpstreamUnavailableError {
  override readonly code = 'upstream_empty_answer';
  override readonly fault: Fault = 'limit';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The platform took the model's words for a call of one of its own tools and answered in its place. */
export class ToolInterceptedError extends UpstreamUnavailableError {
  override readonly code = 'upstream_tool_intercepted';
  override readonly fault: Fault = 'protocol';
}

/** The model did not answer in the form that the request demands: nobody's account is to blame. */
export abstract class AnswerFormError extends UpstreamError {
  override readonly status = 502;
  override readonly type = 'api_error';
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'insist';
}

/** The request demands a tool call, and the model answered without one. */
export class ToolCallMissingError extends AnswerFormError {
  override readonly code = 'tool_call_missing';
}

/** The model called a tool in a form that can't be read, or repaired, as a call. */
export class ToolCallInvalidError extends AnswerFormError {
  override readonly code = 'tool_call_invalid';
}

/** The model's JSON does not fit the schema that the request demands. */
export class StructuredOutputError extends AnswerFormError {
  override readonly code = 'structured_output_invalid';
}

/** The upstream does not take this request in this form: a fault of the gateway, not of the caller. */
export class UpstreamRejectedError extends UpstreamError {
  override readonly status = 502;
  override readonly type = 'api_error';
  override readonly code = 'upstream_rejected';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'never';
}

/** The upstream chat is still busy with another answer. */
export class ChatBusyError extends UpstreamError {
  override readonly status = 409;
  override readonly type = 'invalid_request_error';
  override readonly code = 'chat_busy';
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'new-chat';
}

/** The upstream chat, or the message to go on from, is gone. */
export class ChatGoneError extends UpstreamError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'chat_not_found';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'new-chat';
}

/** The upstream does not offer this model (any more). */
export class UpstreamModelGoneError extends UpstreamError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'model_not_found';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'protocol';
  override readonly advice: RetryAdvice = 'never';
}

/** The upstream's content filter refused the input or withheld the output. */
export class ContentFilterError extends UpstreamError {
  override readonly status = 400;
  override readonly type = 'invalid_request_error';
  override readonly code = 'content_filter';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'content';
  override readonly advice: RetryAdvice = 'never';
}

/** The upstream's reader of documents gave up on a file: damaged, locked by a password, or empty of words. */
export class DocumentUnreadableError extends UpstreamError {
  override readonly status = 400;
  override readonly type = 'invalid_request_error';
  override readonly code = 'document_unreadable';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'content';
  override readonly advice: RetryAdvice = 'once';
}

/** The older part of a long conversation went up as a file, and the upstream's reader of documents gave up on it. */
export class ConversationUnreadableError extends UpstreamUnavailableError {
  override readonly code = 'conversation_unreadable';
  override readonly fault: Fault = 'content';
}
