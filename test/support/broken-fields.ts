/** A place in a JSON document. */
export type JsonPath = readonly (string | number)[];

/** Every place in a document, the deepest last. */
export function placesIn(value: unknown, before: JsonPath = []): readonly JsonPath[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const path = [...before, Array.isArray(value) ? Number(key) : key];
    return [path, ...placesIn(held, path)];
  });
}

/** A copy of a document with another value at one place; `undefined` takes the place away. */
export function withValueAt(document: unknown, path: JsonPath, value: unknown): unknown {
  const copy = structuredClone(document);
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => Reflect.get(Object(at), step), copy);
  if (last !== undefined) Reflect.set(Object(parent), last, value);
  return JSON.parse(JSON.stringify(copy));
}
