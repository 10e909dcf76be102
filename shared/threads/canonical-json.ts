/** @returns JSON text that is the same for equal values, whatever the order of their members. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // Pairs, because an object would lose a member that is named __proto__.
  const pairs = Object.entries(value).filter(([, member]) => member !== undefined);
  return {
    pairs: pairs.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, member]) => [name, sorted(member)]),
  };
}
