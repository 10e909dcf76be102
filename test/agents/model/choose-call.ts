import type { OfferedParameter, OfferedTool } from './offered-tools.ts';
import type { Task } from './task.ts';

/** A call that a model would like to make. */
export interface WantedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** In place of arguments, for a tool that takes free text. */
  readonly input?: string;
}

/** The call that shows a file: the tool for that, else the shell. @returns `undefined` when no tool fits. */
export function readingCall(tools: readonly OfferedTool[], path: string): WantedCall | undefined {
  const reader = tools.find(({ name }) => /^read(?:_?file)?$/i.test(name));
  return reader === undefined
    ? shellCall(tools, `cat '${path}'`)
    : fill(reader, ({ name }) => (/path/i.test(name) ? path : undefined));
}

/**
 * The call that edits the file: the tool for that, else a patch by the shell.
 *
 * @param shown what reading the file has given.
 */
export function editingCall(tools: readonly OfferedTool[], task: Task, shown: string): WantedCall | undefined {
  const editor = tools.find(({ parameters }) => ['old', 'new'].every((age) => parameters.some(isText(age))));
  if (editor !== undefined) return fill(editor, (parameter) => editingArgument(parameter, task));
  const line = shown.split('\n').find((candidate) => candidate.includes(task.before));
  return line === undefined ? undefined : shellCall(tools, patch(task, line));
}

const isText = (age: string) => (parameter: OfferedParameter) =>
  new RegExp(`^${age}_?string$`, 'i').test(parameter.name);

function editingArgument(parameter: OfferedParameter, task: Task): string | undefined {
  if (isText('old')(parameter)) return task.before;
  if (isText('new')(parameter)) return task.after;
  if (/path/i.test(parameter.name)) return task.path;
  return parameter.type === 'string' ? 'Replace the greeting and nothing else.' : undefined;
}

function patch({ path, before, after }: Task, line: string): string {
  const lines = [`*** Update File: ${path}`, '@@', `-${line}`, `+${line.replace(before, () => after)}`];
  return ["apply_patch <<'EOF'", '*** Begin Patch', ...lines, '*** End Patch', 'EOF'].join('\n');
}

function shellCall(tools: readonly OfferedTool[], command: string): WantedCall | undefined {
  const isCommand = ({ name }: OfferedParameter) => /^(?:cmd|command)$/.test(name);
  const shell = tools.find(({ parameters }) => parameters.some(isCommand));
  if (shell !== undefined) return fill(shell, (parameter) => (isCommand(parameter) ? command : undefined));
  const script = tools.find(({ name, takesText }) => name === 'exec' && takesText);
  return script && { name: script.name, arguments: {}, input: scriptOf(command) };
}

/** A command for a tool that runs JavaScript, which has the shell as a function. */
function scriptOf(command: string): string {
  return `const result = await tools.exec_command({ cmd: ${JSON.stringify(command)} });\ntext(result.output);`;
}

/** Gives the parameters that a tool wants, and no others. */
function fill(tool: OfferedTool, argumentFor: (parameter: OfferedParameter) => string | undefined): WantedCall {
  const required = tool.parameters.filter(({ isRequired }) => isRequired);
  const entries = required.flatMap((parameter) => {
    const value = argumentFor(parameter);
    return value === undefined ? [] : [[parameter.name, value] as const];
  });
  return { name: tool.name, arguments: Object.fromEntries(entries) };
}
