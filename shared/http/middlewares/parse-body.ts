import { readJsonBody } from '../read-body.ts';
import type { Middleware } from './middleware.ts';

/** Parses the JSON body of requests that have one. @param limit bytes */
export function parseBody(limit: number): Middleware {
  return {
    before: ({ event: invocation }) => {
      const { method } = invocation.event.requestContext.http;
      if (method === 'GET' || method === 'HEAD') return;
      invocation.body = readJsonBody(invocation.event, limit);
    },
  };
}
