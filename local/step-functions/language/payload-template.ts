import { isRecord } from '../../is-record.ts';
import { type Data, parsePath, readPath } from './path.ts';

/**
 * Fills a template, as `Parameters` or `ItemSelector`: a name that ends in `.$` has a path for its value.
 *
 * @throws StateError when a path leads to nothing.
 */
export function fillTemplate(template: unknown, data: Data): unknown {
  if (Array.isArray(template)) return template.map((entry) => fillTemplate(entry, data));
  if (!isRecord(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), readPath(String(value), data)] : [name, fillTemplate(value, data)],
    ),
  );
}

/** The first value under a name in `.$` that is no reference path, when there is one. */
export function wrongPath(template: unknown): string | undefined {
  if (Array.isArray(template)) return template.map(wrongPath).find((wrong) => wrong !== undefined);
  if (!isRecord(template)) return undefined;
  for (const [name, value] of Object.entries(template)) {
    if (!name.endsWith('.$')) {
      const wrong = wrongPath(value);
      if (wrong !== undefined) return wrong;
    } else if (typeof value !== 'string' || parsePath(value) === undefined) return String(value);
  }
  return undefined;
}
