import * as z from 'zod/mini';
import { type JsonSchema, named } from './json-schema.ts';

/**
 * The schema by which a function really reads its body, as JSON Schema. What the caller sends counts, not what the
 * function makes of it.
 */
export function requestSchema(title: string, schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return named(title, openKinds(written));
}

/**
 * Unions by `type` that take kinds of the future do so as the kind `other`, which no client sends: in the document it
 * stands for every kind that is not among the known ones.
 */
function openKinds(value: unknown): JsonSchema {
  const opened = openValue(value);
  if (!isSchema(opened)) throw new TypeError('A schema is an object.');
  return opened;
}

function openValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(openValue);
  if (!isSchema(value)) return value;
  const opened = Object.fromEntries(Object.entries(value).map(([keyword, held]) => [keyword, openValue(held)]));
  const { oneOf: kinds, ...rest } = opened;
  if (!Array.isArray(kinds) || !kinds.some((kind) => typesOf(kind).includes('other'))) return opened;
  const known = kinds.filter((kind) => !typesOf(kind).includes('other'));
  const other = {
    type: 'object',
    properties: { type: { not: { enum: known.flatMap(typesOf) } } },
    description: 'Any other kind is taken and ignored.',
  };
  return { ...rest, anyOf: [...known, other] };
}

/** The values of `type` that an alternative of a union is for. */
function typesOf(kind: unknown): readonly unknown[] {
  const type = isSchema(kind) && isSchema(kind.properties) ? kind.properties.type : undefined;
  if (!isSchema(type)) return [];
  return Array.isArray(type.enum) ? type.enum : [type.const];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
