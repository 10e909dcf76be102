import type { HttpResponse } from '../http-response.ts';
import type { Middleware } from './middleware.ts';

const preflight: HttpResponse = {
  statusCode: 204,
  headers: {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': '*, Authorization',
    'access-control-max-age': '86400',
  },
  body: '',
};

/** Answers a browser's question before a cross-origin call. Middy takes a returned value as the answer. */
export function answerPreflight(): Middleware {
  return {
    before: (request) => {
      if (request.event.event.requestContext.http.method !== 'OPTIONS') return undefined;
      // An early answer skips the hooks after the handler, so the constant headers are put here.
      return { ...preflight, headers: { ...preflight.headers, 'access-control-allow-origin': '*' } };
    },
  };
}
