/** What the `{…}` of a template held in a path, decoded; `undefined` when the path is another one. */
export type PathPattern = (path: string) => Readonly<Record<string, string>> | undefined;

/**
 * Compiles the template of a path, once.
 *
 * @param template fixed text, `{name}` for one segment or the rest of one, and colons, which some clients send
 *   percent-encoded. Trailing slashes of a path are ignored.
 */
export function compilePath(template: string): PathPattern {
  const source = template.split(/(\{\w+\}|:)/).map(expressionOf);
  const expression = new RegExp(`^${source.join('')}/*$`);
  return (path) => {
    const found = expression.exec(path);
    return found === null ? undefined : decoded(found.groups ?? {});
  };
}

function expressionOf(part: string): string {
  if (part === ':') return '(?::|%3[Aa])';
  if (part.startsWith('{')) return `(?<${part.slice(1, -1)}>[^/]+)`;
  return part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, held]) => [name, decode(held)]));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
