/** What a client lets OpenAI prove itself with at its own servers. */
const secretFields: ReadonlySet<string> = new Set(['authorization', 'headers']);

/**
 * Tools as they were sent, without the credentials that those of type `mcp` carry: nobody here calls such servers, and
 * responses are shown and kept. OpenAI shows them no more either.
 */
export function withoutToolSecrets(tools: unknown): unknown {
  return Array.isArray(tools) ? tools.map(withoutSecrets) : tools;
}

/** The same for an item that adds tools. */
export function withoutItemSecrets(item: object): object {
  const adds = 'type' in item && item.type === 'additional_tools' && 'tools' in item;
  return adds ? { ...item, tools: withoutToolSecrets(item.tools) } : item;
}

function withoutSecrets(tool: unknown): unknown {
  if (typeof tool !== 'object' || tool === null || !('type' in tool) || tool.type !== 'mcp') return tool;
  return Object.fromEntries(Object.entries(tool).filter(([field]) => !secretFields.has(field)));
}
