import { SchemaCheck } from '../../chat/schema-check.ts';
import type { ToolDefinition } from '../../chat/tool.ts';

/** Characters of the check's words that an error shows. */
const longestReason = 300;

/**
 * Checks a call's arguments by the tool's schema.
 *
 * @param text strict JSON.
 * @returns what is wrong, in words; `undefined` when they fit, or when the schema itself can't be used.
 */
export function checkArguments({ parameters }: ToolDefinition, text: string): string | undefined {
  return new SchemaCheck(parameters).problemOf(JSON.parse(text))?.slice(0, longestReason);
}
