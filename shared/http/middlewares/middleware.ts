import type middy from '@middy/core';
import type { HttpResponse } from '../http-response.ts';
import type { Invocation } from '../invocation.ts';

/** One step around every handler of an endpoint. */
export type Middleware = middy.MiddlewareObj<Invocation, HttpResponse>;
