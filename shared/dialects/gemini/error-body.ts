import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import { ContextTooLongError } from '../../chat/errors/request-errors.ts';

/** Google's error envelope (client-apis C.3). */
export interface GeminiErrorBody {
  readonly error: {
    readonly code: number;
    readonly message: string;
    readonly status: string;
    readonly details: readonly object[];
  };
}

const statusNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const types = 'type.googleapis.com/google.rpc';
/** Gemini CLI gives up at once on a quota whose id says PerDay, instead of asking again for minutes (clients §4). */
const spentQuota = 'RequestsPerDayPerAccount';

/** Writes an error in Google's envelope, with the canonical name of its status and, where it is known, the delay. */
export function writeGeminiError(error: GatewayError): GeminiErrorBody {
  const { status: code } = error;
  const status = statusNames[code] ?? (code >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT');
  const message = messageOf(error);
  return { error: { code, message, status, details: details(error, message) } };
}

/** The words by which agents know that they have to make room (clients §4). */
function messageOf(error: GatewayError): string {
  if (!(error instanceof ContextTooLongError)) return error.message;
  const { tokens, limit } = error.size;
  return `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${limit}).`;
}

function details({ code, type, param, retryAfterSeconds }: GatewayError, message: string): readonly object[] {
  const details: object[] = [{ '@type': `${types}.ErrorInfo`, reason: code, domain: 'qwen-gateway' }];
  if (param !== undefined) {
    // What speaks of a conversation in general has one name for it.
    const field = param === 'messages' ? 'contents' : param;
    details.push({ '@type': `${types}.BadRequest`, fieldViolations: [{ field, description: message }] });
  }
  if (type === 'insufficient_quota') {
    details.push({ '@type': `${types}.QuotaFailure`, violations: [{ quotaId: spentQuota, description: message }] });
  }
  if (retryAfterSeconds !== undefined) {
    details.push({ '@type': `${types}.RetryInfo`, retryDelay: `${Math.max(1, Math.ceil(retryAfterSeconds))}s` });
  }
  return details;
}
