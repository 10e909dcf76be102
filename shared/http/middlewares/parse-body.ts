import { isMultipart, MultipartBody } from '../multipart-body.ts';
import { readBytes, readJsonBody } from '../read-body.ts';
import type { Middleware } from './middleware.ts';

/** Parses the JSON body of requests that have one; a form is left to the routes that take them. @param limit bytes */
export function parseBody(limit: number): Middleware {
  return {
    before: ({ event: invocation }) => {
      const { method } = invocation.event.requestContext.http;
      if (method === 'GET' || method === 'HEAD') return;
      const contentType = invocation.event.headers['content-type'];
      invocation.body =
        invocation.match?.route.forms === true && isMultipart(contentType)
          ? new MultipartBody(readBytes(invocation.event, limit), contentType)
          : readJsonBody(invocation.event, limit);
    },
  };
}
