import type { JsonSchema } from '../chat/tool.ts';
import { isSchema } from './schema-reference.ts';
import type { SchemaScope } from './schema-scope.ts';

const deepest = 5;

/**
 * What a schema says in words of its properties, a line each, as `- place.city: where to look`.
 *
 * @param scope of the whole schema, for references into its definitions.
 */
export function parameterNotes(schema: JsonSchema, scope: SchemaScope, path = '', depth = 0): readonly string[] {
  if (depth > deepest || !isSchema(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const place = path === '' ? name : `${path}.${name}`;
    return scope.describe(property, (resolved) =>
      isSchema(resolved) ? [...noteOf(property, resolved, place), ...innerNotes(resolved, scope, place, depth)] : [],
    );
  });
}

/** A description beside a reference says more than one at its target. */
function noteOf(property: unknown, resolved: JsonSchema, place: string): readonly string[] {
  const own = isSchema(property) ? property.description : undefined;
  const words = typeof own === 'string' ? own : resolved.description;
  return typeof words === 'string' && words.trim() !== '' ? [`- ${place}: ${words.trim().replace(/\s+/g, ' ')}`] : [];
}

function innerNotes(schema: JsonSchema, scope: SchemaScope, place: string, depth: number): readonly string[] {
  const notes = (inner: unknown, innerPlace: string) =>
    scope.describe(inner, (resolved) =>
      isSchema(resolved) ? parameterNotes(resolved, scope, innerPlace, depth + 1) : [],
    );
  if (isSchema(schema.items)) return notes(schema.items, `${place}[]`);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return choices.flatMap((choice) => notes(choice, place));
  return parameterNotes(schema, scope, place, depth + 1);
}
