import type { JsonSchema } from '../chat/tool.ts';
import { isTypeName } from './reader/declared-type.ts';
import { constraintsOf } from './schema-constraints.ts';
import { isSchema } from './schema-reference.ts';
import type { SchemaScope } from './schema-scope.ts';

/** Deeper schemas, and those that hold themselves, are cut with `any`. */
const deepest = 8;

/**
 * Writes a JSON Schema as a type in the manner of TypeScript. Words for people (descriptions, titles, examples) are left
 * out; what is not understood is `any`, never an error.
 *
 * @param scope of the whole schema, for references into its definitions.
 */
export function schemaType(schema: unknown, scope: SchemaScope, depth = 0): string {
  return scope.describe(schema, (resolved) => {
    if (!isSchema(resolved) || depth > deepest) return 'any';
    const type = bareType(resolved, scope, depth);
    return resolved.nullable === true && !type.includes('null') ? `${type} | null` : type;
  });
}

function bareType(schema: JsonSchema, scope: SchemaScope, depth: number): string {
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)));
  if ('const' in schema) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return union(choices.map((choice) => schemaType(choice, scope, depth + 1)));
  if (Array.isArray(schema.allOf)) {
    return unique(schema.allOf.map((part) => schemaType(part, scope, depth + 1))).join(' & ');
  }
  if (Array.isArray(schema.type)) {
    const types = [...new Set(schema.type)].filter(isTypeName);
    return union(types.map((type) => bareType({ ...schema, type }, scope, depth)));
  }
  return singleType(schema, scope, depth);
}

function singleType(schema: JsonSchema, scope: SchemaScope, depth: number): string {
  switch (schema.type ?? impliedType(schema)) {
    case 'object':
      return objectType(schema, scope, depth);
    case 'array':
      return arrayType(schema, scope, depth);
    case 'string':
    case 'number':
    case 'integer':
      return `${String(schema.type)}${constraintsOf(schema)}`;
    case 'boolean':
    case 'null':
      return String(schema.type);
    default:
      return 'any';
  }
}

function impliedType(schema: JsonSchema): string | undefined {
  if (isSchema(schema.properties) || isSchema(schema.additionalProperties)) return 'object';
  return 'items' in schema || Array.isArray(schema.prefixItems) ? 'array' : undefined;
}

function objectType(schema: JsonSchema, scope: SchemaScope, depth: number): string {
  const fields = objectFields(schema, scope, depth);
  const { additionalProperties } = schema;
  if (isSchema(additionalProperties) && Object.keys(additionalProperties).length > 0) {
    fields.push(`[key]: ${schemaType(additionalProperties, scope, depth + 1)}`);
  }
  return fields.length === 0 ? 'object' : `{ ${fields.join(', ')} }`;
}

/** The fields of an object's schema, as `name?: type = default`. */
export function objectFields(schema: JsonSchema, scope: SchemaScope, depth = 0): string[] {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(properties).map(([name, property]) => {
    const key = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
    const mark = required.has(name) ? '' : '?';
    return `${key}${mark}: ${schemaType(property, scope, depth + 1)}${defaultOf(property)}`;
  });
}

function defaultOf(property: unknown): string {
  if (!isSchema(property) || property.default === undefined || property.default === null) return '';
  return ` = ${JSON.stringify(property.default)}`;
}

function arrayType(schema: JsonSchema, scope: SchemaScope, depth: number): string {
  const places = schema.prefixItems ?? schema.items;
  if (Array.isArray(places)) return `[${places.map((item) => schemaType(item, scope, depth + 1)).join(', ')}]`;
  const item = schemaType(schema.items, scope, depth + 1);
  return `${isJoined(item) ? `(${item})` : item}[]${constraintsOf(schema)}`;
}

/** Whether bars or ampersands stand in the type outside of any bracket. */
function isJoined(type: string): boolean {
  let rest = type;
  for (let depth = 0; depth <= deepest; depth += 1) rest = rest.replaceAll(/\{[^{}]*\}|\([^()]*\)|\[[^[\]]*\]/g, '');
  return / [|&] |"\|"/.test(rest);
}

/** Quotes and bar in one are one token, in place of three. */
function union(types: readonly string[]): string {
  return unique(types).join(' | ').replaceAll('" | "', '"|"') || 'any';
}

function unique(types: readonly string[]): readonly string[] {
  return [...new Set(types)];
}
