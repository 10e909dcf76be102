import { MethodNotAllowedError, RouteNotFoundError } from '../chat/errors/request-errors.ts';
import { compilePath } from '../routes/path-pattern.ts';
import type { Route } from '../routes.ts';

/** A route, and what its `{…}` held. */
export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request. */
export type RouteMatcher = (method: string, path: string) => RouteMatch;

/**
 * @returns a matcher over `routes`, compiled once. It throws RouteNotFoundError or MethodNotAllowedError. HEAD is taken
 * as GET where no route is for HEAD itself, and a trailing slash ignored.
 */
export function createRouteMatcher(routes: readonly Route[]): RouteMatcher {
  const compiled = routes.map((route) => ({ route, read: compilePath(route.path) }));
  return (method, path) => {
    const onPath = compiled.flatMap(({ route, read }): readonly RouteMatch[] => {
      const parameters = read(path);
      return parameters === undefined ? [] : [{ route, parameters }];
    });
    const found = withMethod(onPath, method) ?? (method === 'HEAD' ? withMethod(onPath, 'GET') : undefined);
    if (found !== undefined) return found;
    if (onPath.length === 0)
      throw new RouteNotFoundError(`There is nothing at ${path}. Check the base URL of your client.`);
    const allowed = onPath.map(({ route }) => route.method).join(', ');
    throw new MethodNotAllowedError(`${path} takes ${allowed}, not ${method}.`, { headers: { allow: allowed } });
  };
}

function withMethod(matches: readonly RouteMatch[], method: string): RouteMatch | undefined {
  return matches.find(({ route }) => route.method === method);
}
