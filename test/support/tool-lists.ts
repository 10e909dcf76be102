import { readFileSync } from 'node:fs';
import type { JsonSchema, ToolDefinition } from '../../shared/chat/tool.ts';

/** A tool as the list's file holds it. */
interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
  readonly input?: 'text';
}

/** Our own tool lists, of the size and shape that agents send. */
export type ToolListName = 'coding-agent' | 'office-assistant';

export function toolList(name: ToolListName): readonly ToolDefinition[] {
  const file = new URL(`../fixtures/tool-lists/${name}.json`, import.meta.url);
  const tools: readonly ListedTool[] = JSON.parse(readFileSync(file, 'utf8'));
  return tools.map((tool) => ({ input: 'json', ...tool }));
}
