import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { noTools, type ToolChoice, type ToolDefinition, type ToolUse } from '../chat/tool.ts';

/** What a dialect has read of tools, and how its fields are called in errors. */
export interface DeclaredTools {
  readonly definitions: readonly ToolDefinition[];
  readonly choice: ToolChoice;
  readonly parallel: boolean;
  readonly toolsField: string;
  readonly choiceField: string;
}

/**
 * Checks what every dialect demands of tools together.
 *
 * @throws InvalidRequestError for two tools of one name, a choice of a tool that is not there, or of any where none is.
 */
export function checkTools({ definitions, choice, parallel, toolsField, choiceField }: DeclaredTools): ToolUse {
  const names = new Set<string>();
  for (const { name } of definitions) {
    if (names.has(name)) {
      throw new InvalidRequestError(`'${toolsField}' holds two tools named ${name}.`, { param: toolsField });
    }
    names.add(name);
  }
  if (choice.type === 'tool' && !names.has(choice.name)) {
    throw new InvalidRequestError(`'${choiceField}' names ${choice.name}, which is not among '${toolsField}'.`, {
      param: choiceField,
    });
  }
  if (choice.type === 'required' && definitions.length === 0) {
    throw new InvalidRequestError(`'${choiceField}' demands a call, and '${toolsField}' is empty.`, {
      param: choiceField,
    });
  }
  return definitions.length === 0 ? noTools : { definitions, choice, parallel };
}
