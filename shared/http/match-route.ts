import { MethodNotAllowedError, RouteNotFoundError } from '../chat/errors/request-errors.ts';
import type { Route } from '../routes.ts';

/** A route, and what its `{…}` segments held. */
export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Finds the route of a request. */
export type RouteMatcher = (method: string, path: string) => RouteMatch;

/**
 * @returns a matcher over `routes`, compiled once. It throws RouteNotFoundError or MethodNotAllowedError. HEAD is taken
 * as GET, and a trailing slash ignored.
 */
export function createRouteMatcher(routes: readonly Route[]): RouteMatcher {
  const compiled = routes.map((route) => ({ route, segments: split(route.path) }));
  return (method, path) => {
    const segments = split(path);
    const onPath = compiled.filter((candidate) => fits(candidate, segments));
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = onPath.find(({ route }) => route.method === wanted);
    if (found !== undefined) return { route: found.route, parameters: parametersOf(found, segments) };
    if (onPath.length === 0)
      throw new RouteNotFoundError(`There is nothing at ${path}. Check the base URL of your client.`);
    const allowed = onPath.map(({ route }) => route.method).join(', ');
    throw new MethodNotAllowedError(`${path} takes ${allowed}, not ${method}.`, { headers: { allow: allowed } });
  };
}

function split(path: string): readonly string[] {
  return path.replace(/\/+$/, '').split('/');
}

const isParameter = (segment: string) => segment.startsWith('{');

function fits({ segments }: CompiledRoute, actual: readonly string[]): boolean {
  return (
    segments.length === actual.length &&
    segments.every((segment, position) =>
      isParameter(segment) ? actual[position] !== '' : segment === actual[position],
    )
  );
}

function parametersOf({ segments }: CompiledRoute, actual: readonly string[]): Readonly<Record<string, string>> {
  const pairs = segments.flatMap((segment, position) =>
    isParameter(segment) ? [[segment.slice(1, -1), decode(actual[position] ?? '')] as const] : [],
  );
  return Object.fromEntries(pairs);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
