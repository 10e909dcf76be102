import { spacedJson } from '../json-spacing.ts';

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

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
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
  'forbidden-403': { code: 'forbidden', details: 'Access denied.', status: 403 },
  'internal-500': { code: 'Internal_Server_Error', details: 'Internal server error', status: 500 },
  'model-not-found': { code: 'Not_Found', details: 'Model not found' },
  'parallel-limited': { code: 'ParallelLimited', details: 'Too many conversations are running.' },
  'parent-not-found': { code: 'PARENT_NOT_FOUND', details: 'Parent message not found.' },
  'quota-limited': { code: 'quotaLimited', details: 'Quota limited' },
  'rate-limited': { code: 'RateLimited', details: "You've reached the upper limit for today's usage." },
  'rate-limited-num-zero': { code: 'RateLimited', details: 'Too many requests, try again later.' },
  'unauthorized-200': { code: 'Unauthorized', details: expired },
  'unauthorized-lower-200': { code: 'unauthorized', details: expired },
  'validation-error': {
    code: 'RequestValidationError',
    details: "[{'type': 'missing', 'loc': ('body', 'model'), 'msg': 'Field required'}]",
  },
} as const satisfies Record<string, Envelope>;

/** Refusals in other forms, the WAF's own among them (qwen-web §7.2). */
const pages = {
  'unauthorized-401': { status: 401, contentType: json, body: '{"detail": "Not authenticated"}' },
  'http-429': { status: 429, contentType: json, body: '{"detail": "Too many requests"}' },
  'gateway-504': {
    status: 504,
    contentType: 'text/html',
    body: '<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n</body>\r\n</html>\r\n',
  },
  rgv587: {
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    body: '{"ret": ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::哎哟喂,被挤爆啦,请稍后重试"], "data": {"url": "https://chat.qwen.ai:443//api/v2/chat/completions/_____tmd_____/punish?x5secdata=TEST_X5SECDATA&x5step=2&action=captcha&pureCaptcha="}}',
  },
  'x5-punish': {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: '<html><head><meta charset="utf-8"></head><body>\n<script>\nsessionStorage.x5referer = window.location.href;\nwindow.location.replace("https://chat.qwen.ai:443//api/v2/auths/signin/_____tmd_____/punish?x5secdata=TEST_X5SECDATA&x5step=1");\n</script>\n<script>window._config_ = {"action": "captcha", "url": "https://chat.qwen.ai:443//api/v2/auths/signin"};</script>\n</body></html>\n<!--rgv587_flag:sm-->\n',
  },
  'aliyun-waf': {
    status: 200,
    contentType: 'text/html',
    body: '<!doctypehtml><html lang="zh-cn"><meta charset="utf-8"><meta name="aliyun_waf_aa" content="TEST"><meta name="aliyun_waf_bb" content="TEST"><title></title><body><textarea id="renderData" style="display:none">{"_waf_bd8ce2ce37":"TEST"}</textarea><script src="/aliyun_waf_test.js"></script></body></html>\n',
  },
} as const satisfies Record<string, Page>;

export type ErrorFormName = keyof typeof envelopes | keyof typeof pages;

const envelopeTable = new Map<string, Envelope>(Object.entries(envelopes));
const pageTable = new Map<string, Page>(Object.entries(pages));

/** Every form, by the names of the recorded ones. */
export const errorFormNames: readonly string[] = [...envelopeTable.keys(), ...pageTable.keys()];

export function isErrorFormName(name: string): name is ErrorFormName {
  return envelopeTable.has(name) || pageTable.has(name);
}

/** Writes a refusal as the upstream would. */
export function writeErrorForm(name: ErrorFormName, requestId: string, parameters: ErrorFormParameters): ErrorForm {
  const page = pageTable.get(name);
  if (page !== undefined) {
    return { ...page, headers: {} };
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
