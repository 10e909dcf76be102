import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { Background } from '../../../shared/http/background.ts';
import type { HttpResponse } from '../../../shared/http/http-response.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { createLogger } from '../../../shared/logging/logger.ts';

/** Milliseconds that functions of tests may run. */
export const functionTime = 900_000;

/** A call as a route's handler gets it. */
export function openCall(keyId: string, requestId: string, body: unknown, limits?: CallerLimits) {
  const told: Record<string, string> = {};
  const call: Call = {
    requestId,
    caller: { id: keyId, role: 'user', ...(limits && { limits }) },
    parameters: {},
    query: {},
    headers: {},
    body,
    background: new Background(createLogger('error')),
    remainingMilliseconds: () => functionTime,
    note: () => {},
    tell: (headers) => void Object.assign(told, headers),
  };
  return { call, told };
}

/** Reads an answer. @param leaveAfter pieces after which its reader has gone. @returns all that was read. */
export async function readAnswer({ body }: HttpResponse, leaveAfter = Number.POSITIVE_INFINITY): Promise<string> {
  if (typeof body === 'string') return body;
  let text = '';
  let pieces = 0;
  for await (const piece of body.pieces) {
    text += piece;
    pieces += 1;
    if (pieces < leaveAfter) continue;
    body.abandon();
    break;
  }
  return text;
}
