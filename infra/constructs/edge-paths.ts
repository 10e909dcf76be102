import type { FunctionName, Route } from '../../shared/routes.ts';

/** A path pattern of CloudFront, in which `*` is anything, slashes too, and the function behind it. */
export type EdgePath = readonly [pattern: string, name: FunctionName];

/** Patterns that a distribution may have beside its default, unless AWS is asked for more: 75 behaviours in all. */
const mostPatterns = 74;

/**
 * The patterns that lead every path to its function, as few as that takes: CloudFront counts them, takes the first that
 * fits, and looks at no method. `{name}` becomes `*`, with the colon behind it, which may come percent-encoded and stays
 * so at the edge.
 *
 * @param rest the function that gets what no pattern fits.
 * @param others patterns that come first and lead to no function.
 * @throws Error when two functions share a path, or patterns do not lead to the right one.
 */
export function edgePaths(
  table: readonly Route[],
  rest: FunctionName,
  others: readonly string[] = [],
): readonly EdgePath[] {
  const paths = withoutRest(withFamilies(pathsOf(table)), rest);
  for (const [pattern, name] of pathsOf(table)) {
    const sample = pattern.replaceAll('*', 'x:');
    const other = others.find((one) => expressionOf(one).test(sample));
    if (other !== undefined) throw new Error(`CloudFront would take ${sample} for ${other}`);
    const found = functionAt(sample, paths) ?? rest;
    if (found !== name) throw new Error(`CloudFront would send ${sample} to ${found} and not to ${name}`);
  }
  const count = others.length + paths.length;
  if (count > mostPatterns) throw new Error(`CloudFront takes ${mostPatterns} patterns, not ${count}`);
  return paths;
}

/** The function that CloudFront finds for a path; `undefined` for the default. */
export function functionAt(path: string, paths: readonly EdgePath[]): FunctionName | undefined {
  return paths.find(([pattern]) => expressionOf(pattern).test(path))?.[1];
}

function pathsOf(table: readonly Route[]): readonly EdgePath[] {
  const byPattern = new Map<string, FunctionName>();
  for (const route of table) {
    const pattern = route.path.replaceAll(/\{\w+\}:?/g, '*');
    const other = byPattern.get(pattern);
    if (other !== undefined && other !== route.function) {
      throw new Error(`CloudFront can't tell ${other} and ${route.function} apart: both serve ${route.path}`);
    }
    byPattern.set(pattern, route.function);
  }
  return [...byPattern];
}

/** One pattern for a path and all below it, unless a path behind it that begins so is another function's. */
function withFamilies(paths: readonly EdgePath[]): readonly EdgePath[] {
  return paths.flatMap(([pattern, name], place): readonly EdgePath[] => {
    if (
      paths.slice(0, place).some(([head, owner]) => owner === name && isFamily(head, paths) && isBelow(pattern, head))
    )
      return [];
    return [[isFamily(pattern, paths) ? `${pattern}*` : pattern, name]];
  });
}

function isFamily(head: string, paths: readonly EdgePath[]): boolean {
  const place = paths.findIndex(([pattern]) => pattern === head);
  const alike = paths.slice(place + 1).filter(([pattern]) => pattern.startsWith(head));
  const isOwn = alike.every(([, name]) => name === paths[place]?.[1]);
  return !head.includes('*') && isOwn && alike.some(([pattern]) => isBelow(pattern, head));
}

function isBelow(pattern: string, head: string): boolean {
  return pattern.startsWith(`${head}/`);
}

/** What no other pattern fits goes to the rest by itself. */
function withoutRest(paths: readonly EdgePath[], rest: FunctionName): readonly EdgePath[] {
  return paths.filter(([, name]) => name !== rest);
}

function expressionOf(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((text) => text.replaceAll(/[.+?^$()|[\]{}\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}
