import type { FunctionName, Route } from '../../shared/routes.ts';

/** Which function serves a path, whatever the method: the edge routes by path alone, functions answer wrong methods. */
export type Router = (path: string) => FunctionName;

interface Pattern {
  readonly segments: readonly string[];
  readonly function: FunctionName;
}

/**
 * Compiles the route table once, so that a request costs one map look-up when its path has no parameters.
 *
 * @throws Error when two functions claim one path, which the edge could not tell apart.
 */
export function createRouter(routes: readonly Pick<Route, 'path' | 'function'>[], fallback: FunctionName): Router {
  const fixed = new Map<string, FunctionName>();
  const patterns: Pattern[] = [];
  for (const { path, function: name } of routes) {
    if (path.includes('{')) {
      patterns.push({ segments: path.split('/'), function: name });
      continue;
    }
    const claimed = fixed.get(path) ?? name;
    if (claimed !== name) throw new Error(`${path} belongs to ${claimed} and ${name}: a path has one function.`);
    fixed.set(path, name);
  }
  return (path) => {
    const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    return fixed.get(trimmed) ?? matchPattern(patterns, trimmed) ?? fallback;
  };
}

function matchPattern(patterns: readonly Pattern[], path: string): FunctionName | undefined {
  const actual = path.split('/');
  return patterns.find(({ segments }) => fits(segments, actual))?.function;
}

function fits(segments: readonly string[], actual: readonly string[]): boolean {
  return (
    segments.length === actual.length &&
    segments.every((segment, position) =>
      segment.startsWith('{') ? actual[position] !== '' : segment === actual[position],
    )
  );
}
