import { compilePath, type PathPattern } from '../../shared/routes/path-pattern.ts';
import type { FunctionName, Route } from '../../shared/routes.ts';

/** Which function serves a path, whatever the method: the edge routes by path alone, functions answer wrong methods. */
export type Router = (path: string) => FunctionName;

interface Pattern {
  readonly read: PathPattern;
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
      patterns.push({ read: compilePath(path), function: name });
      continue;
    }
    const claimed = fixed.get(path) ?? name;
    if (claimed !== name) throw new Error(`${path} belongs to ${claimed} and ${name}: a path has one function.`);
    fixed.set(path, name);
  }
  return (path) => {
    const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    return fixed.get(trimmed) ?? patterns.find(({ read }) => read(trimmed) !== undefined)?.function ?? fallback;
  };
}
