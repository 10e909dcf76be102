import type { AssistantMessageBody, ToolCallBody } from './message-body.ts';

/** The tool calls of an earlier answer as text, a line each, so that the history keeps them; `''` when there are none. */
export function toolCallText(message: AssistantMessageBody): string {
  const lines = (message.tool_calls ?? []).flatMap(callLine);
  if (message.function_call) lines.push(line(message.function_call.name, message.function_call.arguments, undefined));
  return lines.join('\n');
}

function callLine(call: ToolCallBody): string[] {
  if (call.function) return [line(call.function.name, call.function.arguments, call.id)];
  if (call.custom) return [line(call.custom.name, call.custom.input, call.id)];
  return [];
}

function line(name: string, input: string | null | undefined, id: string | null | undefined): string {
  const reference = id ? ` (${id})` : '';
  return `[Tool call${reference}: ${name} ${input || '{}'}]`;
}
