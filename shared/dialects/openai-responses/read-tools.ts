import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { noTools, type ToolChoice, type ToolDefinition, type ToolUse } from '../../chat/tool.ts';
import { checkTools } from '../tool-use.ts';
import type { ItemBody } from './item-body.ts';
import { type ImageTool, imageToolDefinition, readImageTool } from './read-image-tool.ts';
import type { ResponsesBody } from './request-body.ts';
import type { CallableToolBody, ToolBody, ToolChoiceBody, ToolReferenceBody } from './tool-body.ts';
import { ToolNames } from './tool-names.ts';

/** What a request says of tools. */
export interface ReadTools {
  readonly use: ToolUse;
  readonly names: ToolNames;
  /** Whether the answer is to be searched for; `undefined` leaves it to the model's name. */
  readonly search: boolean | undefined;
  /** Set when the answer may hold pictures. */
  readonly pictures?: OfferedPictures;
}

/** The tool for pictures, and the name under which the model knows it. */
export interface OfferedPictures extends ImageTool {
  readonly toolName: string;
}

type Fields = Pick<ResponsesBody, 'tools' | 'tool_choice' | 'parallel_tool_calls'>;

/**
 * Reads `tools`, the `additional_tools` items, `tool_choice` and `parallel_tool_calls`. OpenAI's own tools are dropped,
 * because nobody here could run them, with two exceptions. Pictures are the gateway's to make, so their tool is offered to
 * the model like the client's. A web search is the upstream's own: it searches for a whole request and calls no tools then,
 * so the search gives way to tools unless the choice names it.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readTools(body: Fields, items: readonly ItemBody[]): ReadTools {
  const names = new ToolNames();
  const declared = body.tools ?? [];
  for (const tool of declared) addTool(names, tool, true);
  const added = items.flatMap((item) => (item.type === 'additional_tools' ? item.tools : []));
  for (const tool of added) addTool(names, tool, false);

  const { tool_choice: asked } = body;
  const pictures = offerPictures(names, [...declared, ...added], asked);
  const allowed = typeof asked === 'object' && asked?.type === 'allowed_tools' ? asked : undefined;
  const definitions = allowed === undefined ? names.definitions : allowedOnly(names, allowed.tools);
  const mayDeclareSearch = [...declared, ...added].some(isSearch);
  const choice = readChoice(asked, names);
  const named = typeof asked === 'object' && asked !== null && isSearch(asked);
  const wanted = mayDeclareSearch && definitions.length === 0 && choice.type !== 'none';
  const search = named || (allowed === undefined ? wanted : wanted && allowed.tools.some(isSearch));
  const use = checkTools({
    definitions,
    // A search is no call, and done by the time the answer comes.
    choice: search && choice.type === 'required' ? { type: 'auto' } : choice,
    parallel: body.parallel_tool_calls ?? true,
    toolsField: 'tools',
    choiceField: 'tool_choice',
  });
  return {
    use: pictures?.isDemanded === true ? noTools : use,
    names,
    search: search ? true : undefined,
    ...(pictures && { pictures }),
  };
}

/** The gateway's own tools have a namespace of their own, for the case that the client has tools of the same name. */
const ownNamespace = 'gateway';

/** Reads the tool for pictures and, unless the answer is one by itself, adds it to those that the model may call. */
function offerPictures(
  names: ToolNames,
  tools: readonly ToolBody[],
  choice: ToolChoiceBody | null | undefined,
): OfferedPictures | undefined {
  const index = tools.findLastIndex(isImage);
  const tool = tools[index];
  const isDemanded = typeof choice === 'object' && choice?.type === 'image_generation';
  if (tool?.type !== 'image_generation') {
    if (!isDemanded) return undefined;
    throw new InvalidRequestError("'tool_choice' names image_generation, which is not among 'tools'.", {
      param: 'tool_choice',
    });
  }
  const read = readImageTool(tool, `tools[${index}]`, isDemanded);
  if (!isDemanded && !isOffered(choice)) return undefined;
  if (!isDemanded) names.redeclare(imageToolDefinition, ownNamespace);
  return { ...read, toolName: names.modelName(imageToolDefinition.name, ownNamespace) };
}

function isOffered(choice: ToolChoiceBody | null | undefined): boolean {
  if (choice === 'none') return false;
  return typeof choice !== 'object' || choice?.type !== 'allowed_tools' || choice.tools.some(isImage);
}

function addTool(names: ToolNames, tool: ToolBody, isDeclaration: boolean): void {
  if (tool.type === 'namespace') {
    for (const inner of tool.tools) if (inner.type !== 'other') names.redeclare(readTool(inner), tool.name);
  } else if (tool.type === 'function' || tool.type === 'custom') {
    if (isDeclaration) names.declare(readTool(tool));
    else names.redeclare(readTool(tool), undefined);
  }
}

function readTool(tool: CallableToolBody): ToolDefinition {
  const description = tool.description ?? '';
  if (tool.type === 'function') {
    return { name: tool.name, description, parameters: tool.parameters ?? {}, input: 'json' };
  }
  const { format } = tool;
  const rule =
    format?.type === 'grammar' ? `\nThe input follows this ${format.syntax} grammar:\n${format.definition}` : '';
  return { name: tool.name, description: description + rule, parameters: {}, input: 'text' };
}

function readChoice(choice: ToolChoiceBody | null | undefined, names: ToolNames): ToolChoice {
  if (choice === null || choice === undefined) return { type: 'auto' };
  if (typeof choice === 'string') return { type: choice };
  switch (choice.type) {
    case 'function':
    case 'custom':
      return { type: 'tool', name: names.modelName(choice.name, choice.namespace) };
    case 'allowed_tools':
      return { type: choice.mode };
    default:
      return { type: 'auto' };
  }
}

function allowedOnly(names: ToolNames, allowed: readonly ToolReferenceBody[]): readonly ToolDefinition[] {
  const wanted = new Set(
    allowed.flatMap((tool) => {
      if (isImage(tool)) return [names.modelName(imageToolDefinition.name, ownNamespace)];
      return 'name' in tool ? [names.modelName(tool.name, tool.namespace)] : [];
    }),
  );
  return names.definitions.filter(({ name }) => wanted.has(name));
}

function isImage({ type }: { readonly type: string }): boolean {
  return type === 'image_generation';
}

function isSearch({ type }: { readonly type: string }): boolean {
  return type === 'web_search';
}
