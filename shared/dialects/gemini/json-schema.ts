import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { JsonSchema } from '../../chat/tool.ts';
import { camelKey } from './camel-keys.ts';

/** Google's names of types are those of JSON Schema in capitals (client-apis C.3). */
const typeNames: ReadonlySet<unknown> = new Set(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL']);
/** Keywords that hold a schema or a list of them. */
const nesting: ReadonlySet<string> = new Set([
  'items',
  'prefixItems',
  'additionalProperties',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
]);
/** Keywords that hold schemas by name. */
const naming: ReadonlySet<string> = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
/** Counts, which Google's JSON writes as strings. */
const counts: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
]);
const deepestSchema = 64;

/**
 * Turns a schema in Google's words into a JSON Schema. One that is a JSON Schema already stays what it is: Gemini CLI
 * puts capital types even there (clients §3).
 *
 * @param field that holds it.
 * @throws InvalidRequestError when it is nested too deeply.
 */
export function toJsonSchema(schema: JsonSchema, field: string, depth = 0): JsonSchema {
  if (depth > deepestSchema) {
    throw new InvalidRequestError(`'${field}' is nested more than ${deepestSchema} levels deep.`, { param: field });
  }
  const entries = Object.entries(schema).flatMap(([key, value]) => {
    const name = camelKey(key);
    if (name === 'propertyOrdering' || (name === 'type' && value === 'TYPE_UNSPECIFIED')) return [];
    return [[name, convert(name, value, field, depth + 1)] as const];
  });
  return withNull(Object.fromEntries(entries));
}

function convert(keyword: string, value: unknown, field: string, depth: number): unknown {
  if (keyword === 'type') return Array.isArray(value) ? value.map(typeName) : typeName(value);
  if (counts.has(keyword)) return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (nesting.has(keyword)) {
    return Array.isArray(value) ? value.map((entry) => nested(entry, field, depth)) : nested(value, field, depth);
  }
  if (naming.has(keyword) && isSchema(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, nested(entry, field, depth)]));
  }
  return value;
}

function nested(value: unknown, field: string, depth: number): unknown {
  return isSchema(value) ? toJsonSchema(value, field, depth) : value;
}

function typeName(value: unknown): unknown {
  return typeNames.has(value) ? String(value).toLowerCase() : value;
}

/** `nullable` is Google's way to say that null is allowed too. */
function withNull({ nullable, ...schema }: JsonSchema): JsonSchema {
  if (nullable !== true) return schema;
  const { type, anyOf, enum: values } = schema;
  return {
    ...schema,
    ...(typeof type === 'string' && { type: [type, 'null'] }),
    ...(Array.isArray(anyOf) && { anyOf: [...anyOf, { type: 'null' }] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
  };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
