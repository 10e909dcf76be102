import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';

/** `/api/hello`: Claude Code looks here, before it has a key, whether anybody answers (clients §1). Tells nothing. */
export const sayHello: RouteHandler = () => Promise.resolve(jsonResponse({ message: 'hello' }));
