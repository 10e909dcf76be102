/** No account can serve: which of these says why (docs/operations.md). */
export const accountErrors = [
  'rate_limit_exceeded',
  'insufficient_quota',
  'accounts_challenged',
  'accounts_signed_out',
  'accounts_disabled',
  'no_accounts',
] as const;

/** The one account that can serve does not. */
export const oneAccountErrors = ['account_challenged', 'account_signed_out', 'account_unusable'] as const;

/** Tokens that the caller has brought. */
export const broughtTokenErrors = ['token_expired', 'token_refused', 'token_challenged', 'token_unusable'] as const;

/** An account's secret can't be opened. */
export const secretErrors = ['secret_key_unavailable', 'secret_unreadable'] as const;

/** The upstream does not answer as it should. */
export const upstreamErrors = ['upstream_unavailable', 'upstream_stalled', 'upstream_rejected'] as const;

/** Whatever asks the upstream in the name of an account. */
export const errandErrors = [
  ...accountErrors,
  ...oneAccountErrors,
  ...broughtTokenErrors,
  ...secretErrors,
  ...upstreamErrors,
] as const;

/** Files that a request names. */
export const fileErrors = [
  'invalid_media',
  'document_unreadable',
  'file_not_found',
  'file_gone',
  'file_account_conflict',
  'file_not_uploaded',
  'file_too_large',
  'object_store_unavailable',
] as const;

/** Pictures that are asked for. */
export const pictureErrors = ['picture_missing', 'picture_lost'] as const;

/** Why a video was not made (docs/guides/videos.md): codes of jobs, told to whoever has waited in a chat. */
export const videoJobFailures = [
  'account_gone',
  'cancelled',
  'generation_failed',
  'not_started',
  'timed_out',
  'unknown',
  'video_lost',
] as const;

/** Videos that are asked for within a chat. */
export const chatVideoErrors = [
  ...videoJobFailures,
  'idempotency_conflict',
  'invalid_webhook',
  'upstream_reply_lost',
  'video_failed',
  'video_late',
  'video_not_found',
  'misconfigured',
] as const;

/** Every chat of every dialect. */
export const chatErrors = [
  ...errandErrors,
  ...fileErrors,
  ...pictureErrors,
  ...chatVideoErrors,
  'unsupported_parameter',
  'context_length_exceeded',
  'content_filter',
  'model_not_found',
  'chat_not_found',
  'chat_busy',
  'conversation_unknown',
  'conversation_unreadable',
  'upstream_truncated',
  'upstream_empty_answer',
  'upstream_tool_intercepted',
  'tool_call_missing',
  'tool_call_invalid',
  'structured_output_invalid',
] as const;
