import type { JsonSchema, ToolDefinition } from '../../chat/tool.ts';

/** A tool that Anthropic's models know by heart: its type begins so, and the caller sends no schema. */
interface DefinedTool {
  readonly type: RegExp;
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

const text = (description: string) => ({ type: 'string', description });
const lineNumber = (description: string) => ({ type: 'integer', description });
const lineRange = {
  type: 'array',
  items: { type: 'integer' },
  description: 'For view: first and last line, from 1; -1 for the end of the file.',
};

const editing = {
  file_text: text('For create: all of the file.'),
  old_str: text('For str_replace: what stands there once, letter for letter.'),
  new_str: text('For str_replace: what shall stand there.'),
  insert_line: lineNumber('For insert: the line after which to insert; 0 for the beginning.'),
  insert_text: text('For insert: the lines to insert.'),
  view_range: lineRange,
};

const definedTools: readonly DefinedTool[] = [
  {
    type: /^bash_\d/,
    name: 'bash',
    description: 'Runs a command in a shell that stays open between calls.',
    parameters: {
      type: 'object',
      properties: {
        command: text('What to run.'),
        restart: { type: 'boolean', description: 'Starts the shell anew, in place of a command.' },
      },
    },
  },
  {
    type: /^text_editor_\d/,
    name: 'str_replace_based_edit_tool',
    description: 'Looks at files and folders, and creates and changes files.',
    parameters: {
      type: 'object',
      properties: {
        command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert'] },
        path: text('Absolute path of the file or folder.'),
        ...editing,
      },
      required: ['command', 'path'],
    },
  },
  {
    type: /^memory_\d/,
    name: 'memory',
    description: 'Keeps notes in files below /memories, which are there in later conversations too.',
    parameters: {
      type: 'object',
      properties: {
        command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert', 'delete', 'rename'] },
        path: text('Path below /memories; not for rename.'),
        old_path: text('For rename.'),
        new_path: text('For rename.'),
        ...editing,
      },
      required: ['command'],
    },
  },
];

/**
 * Finds the schema of a tool that Anthropic has defined and the caller runs.
 *
 * @param name as the caller has it; Anthropic's when absent.
 * @returns `undefined` for every other type.
 */
export function definedTool(type: string, name: string | undefined): ToolDefinition | undefined {
  const found = definedTools.find((tool) => tool.type.test(type));
  if (found === undefined) return undefined;
  const { description, parameters } = found;
  return { name: name ?? found.name, description, parameters, input: 'json' };
}
