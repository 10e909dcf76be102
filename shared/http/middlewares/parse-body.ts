import type { Invocation } from '../invocation.ts';
import { isMultipart, MultipartBody } from '../multipart-body.ts';
import { readBytes, readJsonBody } from '../read-body.ts';
import type { Middleware } from './middleware.ts';

/** Bytes of a form: Lambda takes 6 MB, in which bytes take four thirds. Beyond a little more, Lambda itself refuses. */
const formLimit = 4_600_000;

/**
 * Parses the JSON body of requests that have one; a form is left to the routes that take them. What can't be read is told
 * where requests are counted.
 *
 * @param limit bytes
 */
export function parseBody(limit: number): Middleware {
  return {
    before: ({ event: invocation }) => {
      const { method } = invocation.event.requestContext.http;
      if (method === 'GET' || method === 'HEAD') return;
      try {
        invocation.body = readBody(invocation, limit);
      } catch (error) {
        invocation.unreadable = error;
      }
      // It may hold megabytes of pictures, and would stay in memory as long as the request.
      delete invocation.event.body;
    },
  };
}

function readBody({ event, match }: Invocation, limit: number): unknown {
  const contentType = event.headers['content-type'];
  return match?.route.forms === true && isMultipart(contentType)
    ? new MultipartBody(readBytes(event, Math.min(limit, formLimit)), contentType)
    : readJsonBody(event, limit);
}
