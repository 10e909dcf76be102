import { RouteNotFoundError } from '../../chat/errors/request-errors.ts';
import { type Route, routes } from '../../routes.ts';
import { createRouteMatcher } from '../match-route.ts';
import type { Middleware } from './middleware.ts';

/**
 * Finds the route of the request among the function's own.
 *
 * @param isDefault whether this function also answers for paths that nobody has. It then searches the whole table, so
 *   that a wrong method on another function's path is told from a wrong path.
 */
export function findRoute(own: readonly Route[], isDefault: boolean): Middleware {
  const match = createRouteMatcher(isDefault ? routes : own);
  return {
    before: ({ event: invocation }) => {
      const { rawPath, requestContext } = invocation.event;
      const found = match(requestContext.http.method, rawPath);
      if (!own.includes(found.route)) {
        throw new RouteNotFoundError(`${rawPath} is served by another function; use the base URL of that one.`);
      }
      invocation.match = found;
    },
  };
}
