import type { ToolChoice, ToolDefinition, ToolUse } from '../../chat/tool.ts';
import { checkTools } from '../tool-use.ts';
import type { ChatFieldsBody } from './request-body.ts';
import type { ToolBody, ToolChoiceBody } from './tool-body.ts';

/**
 * Reads `tools`, `tool_choice` and `parallel_tool_calls`. Of `allowed_tools` only the allowed ones are passed on.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readTools(body: ChatFieldsBody): ToolUse {
  const { tool_choice: asked } = body;
  const all = (body.tools ?? []).map(readTool);
  const allowed = typeof asked === 'object' && asked?.type === 'allowed_tools' ? asked.allowed_tools : undefined;
  const names = allowed && new Set(allowed.tools.map(nameOf));
  return checkTools({
    definitions: names === undefined ? all : all.filter(({ name }) => names.has(name)),
    choice: allowed === undefined ? readChoice(asked) : { type: allowed.mode },
    parallel: body.parallel_tool_calls ?? true,
    toolsField: 'tools',
    choiceField: 'tool_choice',
  });
}

function readTool(tool: ToolBody): ToolDefinition {
  if (tool.type === 'custom') {
    const { name, description } = tool.custom;
    return { name, description: description ?? '', parameters: {}, input: 'text' };
  }
  const { name, description, parameters } = tool.function;
  return { name, description: description ?? '', parameters: parameters ?? {}, input: 'json' };
}

function readChoice(choice: ToolChoiceBody | null | undefined): ToolChoice {
  if (choice === null || choice === undefined) return { type: 'auto' };
  if (typeof choice === 'string') return { type: choice };
  return choice.type === 'allowed_tools' ? { type: 'auto' } : { type: 'tool', name: nameOf(choice) };
}

function nameOf(tool: Exclude<ToolChoiceBody, string | { type: 'allowed_tools' }>): string {
  return tool.type === 'custom' ? tool.custom.name : tool.function.name;
}
