/** The value at a place in a document, `undefined` when there is no such place. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((place, step) => Reflect.get(Object(place), step), value);
}
