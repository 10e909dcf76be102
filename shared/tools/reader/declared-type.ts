import type { JsonSchema } from '../../chat/tool.ts';
import { isSchema } from '../schema-reference.ts';

export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

/** What a schema says of one of an object's properties. */
export interface DeclaredProperty {
  readonly types: ReadonlySet<TypeName>;
  /** Of an array's items; empty when it isn't told. */
  readonly itemTypes: ReadonlySet<TypeName>;
  readonly required: boolean;
}

const typeNames: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']);

export function isTypeName(value: unknown): value is TypeName {
  return typeNames.has(value);
}

/** @returns `undefined` when the schema doesn't declare the property, or leaves its type open. */
export function declaredProperty(parameters: JsonSchema, name: string): DeclaredProperty | undefined {
  const property = propertySchema(parameters, name);
  const types = typesOf(property);
  if (types === undefined) return undefined;
  const { required } = parameters;
  return {
    types,
    itemTypes: (isSchema(property) ? typesOf(property.items) : undefined) ?? new Set(),
    required: Array.isArray(required) && required.includes(name),
  };
}

export function declaresProperty(parameters: JsonSchema, name: string): boolean {
  return propertySchema(parameters, name) !== undefined;
}

/** Whether a call of it may do without any argument. */
export function takesNothing(parameters: JsonSchema): boolean {
  const { properties } = parameters;
  return !isSchema(properties) || Object.keys(properties).length === 0;
}

function propertySchema({ properties }: JsonSchema, name: string): unknown {
  return isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** @returns `undefined` when it may be anything. */
function typesOf(schema: unknown): ReadonlySet<TypeName> | undefined {
  if (!isSchema(schema)) return undefined;
  const { type } = schema;
  if (isTypeName(type)) return new Set([type]);
  if (Array.isArray(type)) return new Set(type.filter(isTypeName));
  const choices = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(choices)) return undefined;
  const types = new Set<TypeName>();
  for (const choice of choices) {
    const own = typesOf(choice);
    if (own === undefined) return undefined;
    for (const name of own) types.add(name);
  }
  return types;
}
