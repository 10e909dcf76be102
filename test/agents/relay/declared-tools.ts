/** The names of the tools that a request declares, in any of the four dialects; those within namespaces too. */
export function declaredTools(body: unknown): readonly string[] {
  const input = listIn(body, 'input').flatMap((item) => listIn(item, 'tools'));
  return [...listIn(body, 'tools'), ...input].flatMap(namesOf);
}

function namesOf(tool: unknown): readonly string[] {
  const inner = [...listIn(tool, 'tools'), ...listIn(tool, 'functionDeclarations')];
  if (inner.length > 0) return inner.flatMap(namesOf);
  const holder = isRecord(tool) && isRecord(tool.function) ? tool.function : tool;
  return isRecord(holder) && typeof holder.name === 'string' ? [holder.name] : [];
}

function listIn(value: unknown, field: string): readonly unknown[] {
  const list = isRecord(value) ? value[field] : undefined;
  return Array.isArray(list) ? list : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
