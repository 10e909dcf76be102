import type { ToolDefinition } from '../chat/tool.ts';
import { parameterNotes } from './parameter-notes.ts';
import { SchemaScope } from './schema-scope.ts';
import { objectFields } from './schema-type.ts';

/**
 * Describes a tool to the model: a signature in the manner of TypeScript, the description, and what is said of its
 * parameters. Costs a third of the tokens that the schema's own structure takes as JSON.
 */
export function toolSignature({ name, description, parameters, input }: ToolDefinition): string {
  const signature =
    input === 'text'
      ? `${name}: free text`
      : `${name}(${objectFields(parameters, new SchemaScope(parameters)).join(', ')})`;
  const words = description.trim();
  return [
    `## ${signature}`,
    ...(words === '' ? [] : [words]),
    ...parameterNotes(parameters, new SchemaScope(parameters)),
  ].join('\n');
}
