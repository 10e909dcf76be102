/** Their keys are the caller's own, or those of a schema. */
const opaqueFields: ReadonlySet<string> = new Set([
  'args',
  'response',
  'parameters',
  'parametersJsonSchema',
  'responseSchema',
  'responseJsonSchema',
]);

/** Google takes one object where it expects a list of them. */
const repeatedFields: ReadonlySet<string> = new Set(['contents', 'parts', 'tools', 'functionDeclarations']);

/** Levels of a body down to its deepest known field, `contents[].parts[].functionResponse.parts[].inlineData.mimeType`. */
const deepestField = 10;

/** `system_instruction` as `systemInstruction`. Google takes either spelling, and clients send both. */
export function camelKey(key: string): string {
  return key.includes('_') ? key.replaceAll(/(?<=[a-zA-Z0-9])_([a-z0-9])/g, (_, letter) => letter.toUpperCase()) : key;
}

/**
 * Spells the keys of a body in one way, and puts single objects into the lists that they stand for. What lies deeper
 * than every known field is left as it is.
 */
export function camelKeys(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > deepestField) return value;
  if (Array.isArray(value)) return value.map((entry) => camelKeys(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => {
      const name = camelKey(key);
      return [name, opaqueFields.has(name) ? held : listed(name, camelKeys(held, depth + 1))];
    }),
  );
}

function listed(name: string, value: unknown): unknown {
  const isSingle = repeatedFields.has(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
  return isSingle ? [value] : value;
}
