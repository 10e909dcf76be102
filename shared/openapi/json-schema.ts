/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. One with a `title` becomes a component of that name. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Schemas by the name of a field. */
export type Fields = Readonly<Record<string, JsonSchema>>;

export const text: JsonSchema = { type: 'string' };
export const integer: JsonSchema = { type: 'integer' };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const flag: JsonSchema = { type: 'boolean' };
/** Anything that is an object. */
export const anyObject: JsonSchema = { type: 'object' };
export const epochSeconds: JsonSchema = { type: 'integer', description: 'Seconds since 1970.' };
export const isoTime: JsonSchema = { type: 'string', format: 'date-time' };

/** Exactly this value. */
export function only(value: string | boolean | number | null): JsonSchema {
  return { const: value };
}

/** One of these words. */
export function oneOf(...words: readonly string[]): JsonSchema {
  return { type: 'string', enum: words };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

/** Values of one kind under names that nobody knows before. */
export function mapOf(values: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values };
}

export function anyOf(...schemas: readonly JsonSchema[]): JsonSchema {
  return { anyOf: schemas };
}

/** The value, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  return typeof schema.type === 'string' && schema.enum === undefined && schema.title === undefined
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

/** An object of exactly these fields. @param optional those that may be absent. */
export function object(required: Fields, optional: Fields = {}): JsonSchema {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) };
}

/** An object with a name of its own in the document. */
export function named(title: string, schema: JsonSchema): JsonSchema {
  return { title, ...schema };
}

/** The same schema with words for its reader. */
export function described(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}
