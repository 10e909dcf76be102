import type { SimulatorRoute } from './route.ts';

export interface RouteMatch {
  readonly route: SimulatorRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: SimulatorRoute;
  readonly segments: readonly string[];
}

const noParameters = {};

/** Finds the route of a method and a path; a trailing slash makes no difference. The first match wins. */
export class Router {
  readonly #fixed = new Map<string, RouteMatch>();
  readonly #patterns: Pattern[] = [];

  constructor(routes: readonly SimulatorRoute[]) {
    for (const route of routes) {
      if (route.path.includes('{')) {
        this.#patterns.push({ route, segments: route.path.split('/') });
      } else {
        this.#fixed.set(`${route.method} ${route.path}`, { route, parameters: noParameters });
      }
    }
  }

  match(method: string, path: string): RouteMatch | undefined {
    const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    return this.#fixed.get(`${method} ${trimmed}`) ?? this.#matchPattern(method, trimmed.split('/'));
  }

  #matchPattern(method: string, segments: readonly string[]): RouteMatch | undefined {
    for (const { route, segments: pattern } of this.#patterns) {
      const parameters = route.method === method ? matchSegments(pattern, segments) : undefined;
      if (parameters !== undefined) {
        return { route, parameters };
      }
    }
    return undefined;
  }
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    if (expected.endsWith('+}')) {
      parameters[expected.slice(1, -2)] = segments.slice(index).join('/');
      return segments.length > index ? parameters : undefined;
    }
    const segment = segments[index];
    if (segment === undefined) {
      return undefined;
    }
    if (expected.startsWith('{')) {
      parameters[expected.slice(1, -1)] = segment;
    } else if (segment !== expected) {
      return undefined;
    }
  }
  return segments.length === pattern.length ? parameters : undefined;
}
