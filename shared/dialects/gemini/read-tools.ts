import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { ToolChoice, ToolDefinition, ToolUse } from '../../chat/tool.ts';
import { checkTools } from '../tool-use.ts';
import { toJsonSchema } from './json-schema.ts';
import type { FunctionCallingBody, FunctionDeclarationBody, GeminiBody } from './request-body.ts';

const configField = 'toolConfig.functionCallingConfig';

/**
 * Reads the declared functions of all `tools`, and `toolConfig`. Google's own tools beside them, as code execution, have
 * no counterpart and are left out.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readTools({ tools, toolConfig }: GeminiBody): ToolUse {
  const declared = (tools ?? []).flatMap(({ functionDeclarations }, tool) =>
    (functionDeclarations ?? []).map((body, index) => readTool(body, `tools[${tool}].functionDeclarations[${index}]`)),
  );
  const config = toolConfig?.functionCallingConfig ?? {};
  const allowed = config.allowedFunctionNames ?? [];
  checkAllowed(allowed, declared);
  return checkTools({
    definitions: allowed.length === 0 ? declared : declared.filter(({ name }) => allowed.includes(name)),
    choice: readChoice(config),
    parallel: true,
    toolsField: 'tools',
    choiceField: `${configField}.mode`,
  });
}

/** Whether one of the tools is Google's search: the upstream has its own. */
export function wantsSearch({ tools }: GeminiBody): boolean {
  return (tools ?? []).some(({ googleSearch, googleSearchRetrieval }) => googleSearch || googleSearchRetrieval);
}

function readTool({ name, description, ...schemas }: FunctionDeclarationBody, path: string): ToolDefinition {
  const [field, schema] = schemas.parametersJsonSchema
    ? (['parametersJsonSchema', schemas.parametersJsonSchema] as const)
    : (['parameters', schemas.parameters ?? {}] as const);
  return {
    name,
    description: description ?? '',
    parameters: toJsonSchema(schema, `${path}.${field}`),
    input: 'json',
  };
}

function checkAllowed(allowed: readonly string[], declared: readonly ToolDefinition[]): void {
  const names = new Set(declared.map(({ name }) => name));
  const missing = allowed.find((name) => !names.has(name));
  if (missing === undefined) return;
  const param = `${configField}.allowedFunctionNames`;
  throw new InvalidRequestError(`'${param}' names ${missing}, which no tool declares.`, { param });
}

/** `VALIDATED` is `AUTO` with arguments that fit their schema, which every call here has to. */
function readChoice({ mode, allowedFunctionNames }: FunctionCallingBody): ToolChoice {
  if (mode === 'NONE') return { type: 'none' };
  if (mode !== 'ANY') return { type: 'auto' };
  const [only, ...others] = allowedFunctionNames ?? [];
  return only !== undefined && others.length === 0 ? { type: 'tool', name: only } : { type: 'required' };
}
