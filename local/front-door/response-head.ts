import type { OutgoingHttpHeaders } from 'node:http';
import { isRecord } from '../is-record.ts';
import { isHopByHop } from './hop-by-hop.ts';

/** Status and headers of an answer, ready for node:http. */
export interface ResponseHead {
  readonly statusCode: number;
  readonly headers: OutgoingHttpHeaders;
}

/** What Lambda sends for a function that streams without saying a status or headers. */
export const bareHead: ResponseHead = { statusCode: 200, headers: { 'content-type': 'application/octet-stream' } };

/**
 * Reads the metadata of `HttpResponseStream.from`, the same as a prelude on the wire: `statusCode`, `headers`,
 * `cookies`. Names become lower-case, hop-by-hop headers and values that are no text or number are left out.
 */
export function toResponseHead(metadata: unknown): ResponseHead {
  if (!isRecord(metadata)) return { statusCode: 200, headers: {} };
  const { statusCode, headers: given, cookies } = metadata;
  const headers: OutgoingHttpHeaders = {};
  if (isRecord(given)) {
    for (const key in given) {
      const value = given[key];
      const name = key.toLowerCase();
      if ((typeof value === 'string' || typeof value === 'number') && !isHopByHop(name)) headers[name] = value;
    }
  }
  if (Array.isArray(cookies) && cookies.length > 0)
    headers['set-cookie'] = cookies.filter((cookie) => typeof cookie === 'string');
  return { statusCode: typeof statusCode === 'number' ? statusCode : 200, headers };
}
