import type { ToolCall, ToolDefinition } from '../chat/tool.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * Writes a call so that it is the same text however its client wrote it. Some clients send calls back with the
 * parameters filled in that the model had left out (clients §1): those that say what the tool's schema says anyway are
 * left out here. Ids are no part of it, because some clients have none: calls are told apart by their order.
 */
export function canonicalCall({ name, arguments: text }: ToolCall, definition: ToolDefinition | undefined): object {
  const values = definition?.input === 'text' ? undefined : parsedObject(text);
  if (values === undefined) return { name, text };
  const defaults = defaultsOf(definition);
  const told = Object.entries(values).filter(([key, value]) => {
    const usual = defaults.get(key);
    return usual === undefined || usual !== canonicalJson(value);
  });
  return { name, arguments: told.sort(([one], [other]) => (one < other ? -1 : 1)).map(written) };
}

function written([key, value]: [string, unknown]): readonly [string, string] {
  return [key, canonicalJson(value)];
}

function parsedObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The usual values of a tool's parameters, as canonical JSON. */
function defaultsOf(definition: ToolDefinition | undefined): ReadonlyMap<string, string> {
  const properties = definition?.parameters.properties;
  if (typeof properties !== 'object' || properties === null) return new Map();
  return new Map(
    Object.entries(properties).flatMap(([key, schema]: [string, unknown]) =>
      typeof schema === 'object' && schema !== null && 'default' in schema
        ? [[key, canonicalJson(schema.default)]]
        : [],
    ),
  );
}
