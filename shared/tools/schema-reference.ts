import type { JsonSchema } from '../chat/tool.ts';

/** Whether a value is a schema with keywords. `true` and `false` are schemas as well, and say nothing that helps a model. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** References that lead to references; more are taken for a circle. */
const longestChain = 8;

/** Follows `$ref` within the same document, as `#/$defs/place`. @returns `undefined` when it leads nowhere. */
export function resolveReference(schema: unknown, root: JsonSchema): unknown {
  let resolved = schema;
  for (let step = 0; step < longestChain; step += 1) {
    if (!isSchema(resolved) || typeof resolved.$ref !== 'string') return resolved;
    resolved = lookUp(resolved.$ref, root);
  }
  return undefined;
}

function lookUp(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined;
  let found: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isSchema(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
