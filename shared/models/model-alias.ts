/** A foreign name, and the model that it means. */
export interface ModelAlias {
  /** A name in which each `*` stands for any text, none too; letter case does not count. */
  readonly pattern: string;
  /** A name that the catalogue knows, suffixes and all. */
  readonly model: string;
}

/** @returns the first of the aliases that a name fits. */
export function findAlias(name: string, aliases: readonly ModelAlias[]): ModelAlias | undefined {
  const lowerCase = name.toLowerCase();
  return aliases.find(({ pattern }) => fits(lowerCase, pattern.toLowerCase().split('*')));
}

/** Takes each text at its first place, so that the work is linear however many there are. */
function fits(name: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let place = first.length;
  for (const text of others) {
    const found = name.indexOf(text, place);
    if (found === -1) return false;
    place = found + text.length;
  }
  return name.endsWith(last) && name.length - last.length >= place;
}
