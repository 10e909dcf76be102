/** An object that the upstream sent; nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object, and neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the parsed text, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns the field when it is a text with something in it: the upstream fills what it does not know with `""`. */
export function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @returns the field when it is a finite number. */
export function numberField(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** @returns the field when it is an object. */
export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

/** @returns the field when it is a list. */
export function listField(object: JsonObject | undefined, name: string): readonly unknown[] | undefined {
  const value = object?.[name];
  return Array.isArray(value) ? value : undefined;
}
