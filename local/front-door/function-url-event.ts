import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { isHopByHop } from './hop-by-hop.ts';

/** Content types whose bodies Lambda hands over as text; every other body comes base64-encoded. */
const textType = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/i;

/** Whether a body is handed over as text. */
export function isTextBody(headers: IncomingHttpHeaders): boolean {
  return headers['content-encoding'] === undefined && textType.test(headers['content-type'] ?? 'text/plain');
}

/**
 * The event that a Function URL would make of this request: payload format 2.0.
 *
 * @param body empty when there was none.
 * @param requestId in the form of AWS, a UUID.
 */
export function functionUrlEvent(request: IncomingMessage, body: Buffer, requestId: string): LambdaFunctionURLEvent {
  const { url = '/', headers, method = 'GET', httpVersion, socket } = request;
  const question = url.indexOf('?');
  const rawPath = question < 0 ? url : url.slice(0, question);
  const rawQueryString = question < 0 ? '' : url.slice(question + 1);
  const sourceIp = socket.remoteAddress ?? '127.0.0.1';
  const now = Date.now();
  const isText = isTextBody(headers);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: flatHeaders(headers, sourceIp, socket.localPort),
    ...(headers.cookie === undefined ? {} : { cookies: headers.cookie.split('; ') }),
    ...(rawQueryString === '' ? {} : { queryStringParameters: queryParameters(rawQueryString) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** As in `21/Nov/2026:15:04:05 +0000`. */
function logTime(epochMilliseconds: number): string {
  const text = new Date(epochMilliseconds).toUTCString();
  return `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
}

function flatHeaders(headers: IncomingHttpHeaders, sourceIp: string, port = 0): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || name === 'cookie' || isHopByHop(name)) continue;
    flat[name] = typeof value === 'string' ? value : value.join(',');
  }
  flat['x-forwarded-for'] = sourceIp;
  flat['x-forwarded-proto'] = 'http';
  flat['x-forwarded-port'] = String(port);
  return flat;
}

/** A repeated parameter becomes one, its values joined by commas. */
function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}
