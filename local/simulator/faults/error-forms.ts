import { spacedJson } from '../json-spacing.ts';
import { type ErrorPage, errorPages } from './error-pages.ts';

export interface ErrorFormParameters {
  /** Hours until the quota is back, for `rate-limited`. */
  readonly num?: number | undefined;
  /** For `chat-not-exist`. */
  readonly chatId?: string | undefined;
  /** Replaces the text of an envelope. */
  readonly details?: string | undefined;
}

/** A whole refusal, ready to send. */
export interface ErrorForm {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Envelope {
  readonly code: string;
  readonly details: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = 'application/json; charset=utf-8';
const expired = 'Token has expired, please log in again.';

/** Refusals in the envelope of API v2 (qwen-web §7.1). */
const envelopes = {
  'account-pending': { code: 'Forbidden', details: 'Your account is pending activation, please check your email.' },
  'actual-status-401': { code: 'Unauthorized', details: expired, headers: { 'x-actual-status-code': '401' } },
  'allocated-quota': {
    code: 'Bad_Request',
    details: 'Allocated quota exceeded, please increase your quota limit.',
  },
  'bad-password': {
    code: 'Bad_Request',
    details: 'The email or password provided is incorrect. Please check for typos and try logging in again.',
  },
  'bad-request-internal': { code: 'Bad_Request', details: 'Internal error...' },
  'bad-request-something-wrong': { code: 'Bad_Request', details: 'Something wrong with request!' },
  'bad-request-too-many-messages': { code: 'Bad_Request', details: 'Invalid input too many messages' },
  'chat-in-progress': { code: 'Bad_Request', details: 'The chat is in progress!' },
  'chat-not-exist': { code: 'Bad_Request', details: 'The chat {chatId} is not exist' },
  'chat-not-found': {
    code: 'CHAT_NOT_FOUND',
    details: 'This chat has been deleted. Please start a new chat to continue.',
  },
  'data-inspection-input': {
    code: 'data_inspection_failed',
    details: 'Input data may contain inappropriate content.',
  },
  'exceed-limit': { code: 'ExceedLimit', details: 'You have exceeded the limit.' },
  'forbidden-200': { code: 'forbidden', details: 'Access denied.' },
  'forbidden-403': { code: 'forbidden', details: 'Access denied.', status: 403 },
  'internal-200': { code: 'Internal_Server_Error', details: 'Internal server error' },
  'internal-500': { code: 'Internal_Server_Error', details: 'Internal server error', status: 500 },
  'model-not-found': { code: 'Not_Found', details: 'Model not found' },
  'parallel-limited': { code: 'ParallelLimited', details: 'Too many conversations are running.' },
  'parent-not-found': { code: 'PARENT_NOT_FOUND', details: 'Parent message not found.' },
  'quota-exhausted': { code: 'quota_exhausted', details: 'Quota exhausted' },
  'quota-limited': { code: 'quotaLimited', details: 'Quota limited' },
  'rate-limited': { code: 'RateLimited', details: "You've reached the upper limit for today's usage." },
  'rate-limited-num-zero': { code: 'RateLimited', details: 'Too many requests, try again later.' },
  'too-many-requests': { code: 'Too_Many_Requests', details: 'Please slow down.' },
  'unauthorized-200': { code: 'Unauthorized', details: expired },
  'unauthorized-lower-200': { code: 'unauthorized', details: expired },
  'unknown-code': { code: 'Something_New', details: 'Nobody has seen this before.' },
  'validation-error': {
    code: 'RequestValidationError',
    details: "[{'type': 'missing', 'loc': ('body', 'model'), 'msg': 'Field required'}]",
  },
  'verification-200': {
    code: 'FAIL_SYS_USER_VALIDATE',
    details: 'RGV587_ERROR::SM::https://chat.qwen.ai:443//api/v2/chat/completions/_____tmd_____/punish',
  },
} as const satisfies Record<string, Envelope>;

export type ErrorFormName = keyof typeof envelopes | keyof typeof errorPages;

const envelopeTable = new Map<string, Envelope>(Object.entries(envelopes));
const pageTable = new Map<string, ErrorPage>(Object.entries(errorPages));

/** Every form; those that were recorded have the names of the recordings. */
export const errorFormNames: readonly string[] = [...envelopeTable.keys(), ...pageTable.keys()];

export function isErrorFormName(name: string): name is ErrorFormName {
  return envelopeTable.has(name) || pageTable.has(name);
}

/** Writes a refusal as the upstream would. */
export function writeErrorForm(name: ErrorFormName, requestId: string, parameters: ErrorFormParameters): ErrorForm {
  const page = pageTable.get(name);
  if (page !== undefined) {
    return { ...page, headers: page.headers ?? {} };
  }
  const envelope = envelopeTable.get(name);
  if (envelope === undefined) {
    throw new RangeError(`no error form ${name}`);
  }
  const details = parameters.details ?? envelope.details.replace('{chatId}', parameters.chatId ?? '');
  // Only the daily quota tells its hours; the recorded ones are 8.
  const num = name === 'rate-limited' ? (parameters.num ?? 8) : undefined;
  return {
    status: envelope.status ?? 200,
    contentType: json,
    headers: envelope.headers ?? {},
    body: spacedJson({ success: false, request_id: requestId, data: { code: envelope.code, details, num } }),
  };
}
