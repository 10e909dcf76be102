import type { ChatMessage } from '../../chat/request.ts';
import type { ToolCall } from '../../chat/tool.ts';
import type { AssistantMessageBody, MessageBody, ToolCallBody } from './message-body.ts';
import { readContent, readText } from './read-content.ts';

/**
 * Reads a conversation. `developer` is OpenAI's newer word for `system`, `function` its older one for `tool`.
 *
 * @throws InvalidRequestError naming the message that can't be taken.
 */
export function readMessages(messages: readonly MessageBody[]): readonly ChatMessage[] {
  return messages.map((message, index) => readMessage(message, `messages[${index}].content`));
}

function readMessage(message: MessageBody, path: string): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: readText(message.content, path) };
    case 'user':
      return { role: 'user', content: readContent(message.content, path) };
    case 'assistant':
      return {
        role: 'assistant',
        content: readText(message.content ?? message.refusal ?? '', path),
        toolCalls: readCalls(message),
      };
    case 'tool':
      return {
        role: 'tool',
        toolCallId: message.tool_call_id,
        content: readContent(message.content, path),
        isError: false,
      };
    case 'function':
      return {
        role: 'tool',
        toolCallId: message.name,
        name: message.name,
        content: readContent(message.content ?? '', path),
        isError: false,
      };
  }
}

function readCalls({ tool_calls: calls, function_call: call }: AssistantMessageBody): readonly ToolCall[] {
  const older = call ? [{ id: call.name, name: call.name, arguments: call.arguments ?? '' }] : [];
  return [...(calls ?? []).flatMap(readCall), ...older];
}

function readCall({ id, function: called, custom }: ToolCallBody): readonly ToolCall[] {
  if (called) return [{ id: id ?? called.name, name: called.name, arguments: called.arguments ?? '' }];
  return custom ? [{ id: id ?? custom.name, name: custom.name, arguments: custom.input ?? '' }] : [];
}
