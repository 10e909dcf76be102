/** Which models somebody may ask for. */
export interface ModelRights {
  /** Names, with `*` at the end for any further text; letter case does not count. All models when absent. */
  readonly models?: readonly string[];
}

/** @param names all by which a model is known; one of them is enough. */
export function mayAsk({ models }: ModelRights, names: readonly string[]): boolean {
  if (models === undefined) return true;
  const asked = names.map(normal);
  return models.some((model) => {
    const allowed = normal(model);
    return allowed.endsWith('*')
      ? asked.some((name) => name.startsWith(allowed.slice(0, -1)))
      : asked.includes(allowed);
  });
}

function normal(name: string): string {
  return name.trim().toLowerCase();
}
