import { InvalidRequestError, UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ToolChoice, ToolDefinition, ToolUse } from '../../chat/tool.ts';
import { checkTools } from '../tool-use.ts';
import { definedTool } from './defined-tools.ts';
import { findToolChanges } from './loaded-tools.ts';
import type { AnthropicBody } from './request-body.ts';
import type { ToolBody, ToolChoiceBody } from './tool-body.ts';

/** Stands in Claude Code's list to keep a mechanism of Anthropic's going, and must not be called (clients §3). */
const placeholder = 'DeferredToolPlaceholder';

const searchType = /^web_search_\d/;
const toolSearchType = /^tool_search_tool_/;

/**
 * Reads `tools` and `tool_choice`. Tools that are to be loaded later are left out until the conversation has loaded
 * them. Anthropic's web search is a feature here, and its search for tools makes all of them known.
 *
 * @throws InvalidRequestError naming the field; UnsupportedParameterError for tools that only Anthropic can run.
 */
export function readTools(body: AnthropicBody): ToolUse {
  const tools = body.tools ?? [];
  const asked = readChoice(body.tool_choice);
  const isOffered = offers(tools, body, asked);
  const all = tools.flatMap((tool, index) => readTool(tool, `tools[${index}]`));
  const definitions = all.filter(({ name }) => isOffered(name));
  return checkTools({
    definitions,
    choice: meansSearch(asked, definitions, tools) ? { type: 'auto' } : asked,
    parallel: !body.tool_choice?.disable_parallel_tool_use,
    toolsField: 'tools',
    choiceField: 'tool_choice',
  });
}

/** Whether one of the tools is Anthropic's web search. */
export function wantsSearch(tools: readonly ToolBody[]): boolean {
  return tools.some(({ type }) => searchType.test(type ?? ''));
}

/** A demand for a call of Anthropic's search: it is on already, and nothing is left to be called. */
function meansSearch(choice: ToolChoice, definitions: readonly ToolDefinition[], tools: readonly ToolBody[]): boolean {
  if (choice.type === 'required') return definitions.length === 0 && wantsSearch(tools);
  return choice.type === 'tool' && wantsSearch(tools.filter(({ name }) => name === choice.name));
}

function offers(tools: readonly ToolBody[], body: AnthropicBody, choice: ToolChoice): (name: string) => boolean {
  const { loaded, removed } = findToolChanges(body.messages);
  const searchesTools = tools.some(({ type }) => toolSearchType.test(type ?? ''));
  const deferred = new Set(tools.filter((tool) => tool.defer_loading).map(({ name }) => name));
  const chosen = choice.type === 'tool' ? choice.name : undefined;
  return (name) =>
    name !== placeholder &&
    !removed.has(name) &&
    (searchesTools || !deferred.has(name) || loaded.has(name) || name === chosen);
}

function readTool(tool: ToolBody, path: string): readonly ToolDefinition[] {
  const { type, name, description } = tool;
  if (type && type !== 'custom') return readDefined(tool, type, path);
  if (name === undefined) throw missing(`${path}.name`, 'a string');
  const { input_schema: parameters } = tool;
  if (parameters === undefined) throw missing(`${path}.input_schema`, 'an object');
  return [{ name, description: description ?? '', parameters, input: 'json' }];
}

function readDefined({ name }: ToolBody, type: string, path: string): readonly ToolDefinition[] {
  if (searchType.test(type) || toolSearchType.test(type)) return [];
  const defined = definedTool(type, name);
  if (defined !== undefined) return [defined];
  throw new UnsupportedParameterError(
    `'${path}.type' is '${type}', a tool that is not available here. Leave it out, or declare one of your own.`,
    { param: `${path}.type` },
  );
}

function missing(param: string, what: string): InvalidRequestError {
  return new InvalidRequestError(`'${param}' is missing: it must be ${what}.`, { param });
}

function readChoice(choice: ToolChoiceBody | null | undefined): ToolChoice {
  switch (choice?.type) {
    case 'any':
      return { type: 'required' };
    case 'tool':
      return { type: 'tool', name: choice.name };
    case 'none':
      return { type: 'none' };
    default:
      return { type: 'auto' };
  }
}
