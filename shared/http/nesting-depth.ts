/**
 * Whether parsed JSON is nested more deeply than so many levels. Level by level, because what looks into itself
 * would end where the stack does.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level = isNested(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === levels) return true;
    const next: object[] = [];
    for (const parent of level) for (const child of Object.values(parent)) if (isNested(child)) next.push(child);
    level = next;
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
