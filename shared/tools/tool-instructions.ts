import type { ToolDefinition, ToolUse } from '../chat/tool.ts';
import { type CallFormat, markCall } from './call-format.ts';
import { toolSignature } from './tool-signature.ts';

/** What a model is told of the caller's tools, before the conversation. */
export function toolInstructions({ definitions, parallel }: ToolUse, format: CallFormat): string {
  return [
    'You can call tools. The caller runs them for you and sends back what they give. To call one, write:',
    markCall(format, '{"name": "tool_name", "arguments": {"parameter": "value"}}'),
    ...(takesText(definitions) ? [freeTextForm(format)] : []),
    rules(parallel),
    '# Tools',
    ...definitions.map(toolSignature),
  ].join('\n\n');
}

function takesText(definitions: readonly ToolDefinition[]): boolean {
  return definitions.some(({ input }) => input === 'text');
}

function freeTextForm(format: CallFormat): string {
  return `A tool that takes free text is called so:\n\n${markCall(format, '{"name": "tool_name", "input": "the text"}')}`;
}

function rules(parallel: boolean): string {
  return [
    'Rules for calls:',
    '- A call is strict JSON between the two marker lines, outside of any code block. Escape quotes and line breaks in strings.',
    '- Only the names below exist. Give every parameter without "?"; leave out what you do not need.',
    parallel ? '- Several calls that do not need each other may follow one another.' : '- Make one call at a time.',
    '- End your answer after the calls. The results come with the next message: never make them up.',
    '- Do not announce a call without making it. When no tool is needed, just answer.',
  ].join('\n');
}
