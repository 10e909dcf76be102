import type { ChatMessage } from '../../chat/request.ts';
import type { AssistantMessageBody, MessageBody } from './message-body.ts';
import { readContent, readText } from './read-content.ts';
import { toolCallText } from './tool-call-text.ts';

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
      return { role: 'assistant', content: assistantText(message, path) };
    case 'tool':
      return { role: 'tool', toolCallId: message.tool_call_id, content: readText(message.content, path) };
    case 'function':
      return { role: 'tool', toolCallId: message.name, content: readText(message.content ?? '', path) };
  }
}

function assistantText(message: AssistantMessageBody, path: string): string {
  const text = readText(message.content ?? message.refusal ?? '', path);
  const calls = toolCallText(message);
  return text !== '' && calls !== '' ? `${text}\n\n${calls}` : text + calls;
}
