import type { ChatEvents } from '../chat/event.ts';
import type { ChatMessage } from '../chat/request.ts';
import type { ToolUse } from '../chat/tool.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { CallFormat } from './call-format.ts';
import { readToolCalls } from './read-tool-calls.ts';
import type { ToolEmulation } from './tool-emulation.ts';
import { foldToolHistory } from './tool-history.ts';
import { toolInstructions } from './tool-instructions.ts';
import { toolReminder } from './tool-reminder.ts';

/** Writes the tools of a request into its conversation. Requests without any pass as they are. */
export function emulateTools(request: ResolvedChatRequest, format: CallFormat): ToolEmulation {
  const { tools, messages } = request;
  const callFormat = format.name;
  if (mayCall(tools)) {
    return { callFormat, request: withTools(request, format), read: (events) => readToolCalls(events, tools) };
  }
  if (!messages.some(isOfTools)) return { callFormat, request, read: asTheyAre };
  return { callFormat, request: { ...request, messages: foldToolHistory(messages, format) }, read: asTheyAre };
}

const asTheyAre = (events: ChatEvents) => events;

function mayCall({ definitions, choice }: ToolUse): boolean {
  return definitions.length > 0 && choice.type !== 'none';
}

function isOfTools(message: ChatMessage): boolean {
  return message.role === 'tool' || (message.role === 'assistant' && message.toolCalls.length > 0);
}

function withTools(request: ResolvedChatRequest, format: CallFormat): ResolvedChatRequest {
  const messages = foldToolHistory(request.messages, format);
  const reminder = [toolReminder(request.tools, format), ...(request.reminder ? [request.reminder] : [])].join(' ');
  if (request.thread?.knowsTools === true) return { ...request, messages, reminder };
  const instructions: ChatMessage = { role: 'system', content: toolInstructions(request.tools, format) };
  const place = instructionsPlace(request);
  return { ...request, messages: messages.toSpliced(place, 0, instructions), reminder };
}

/**
 * Behind the caller's own instructions at the beginning, where they are the same in every turn. Within an upstream chat
 * only what follows the last answer is sent, so there they stand before that.
 */
function instructionsPlace({ messages, thread }: ResolvedChatRequest): number {
  if (thread !== undefined) return messages.findLastIndex(({ role }) => role === 'assistant') + 1;
  const first = messages.findIndex(({ role }) => role !== 'system');
  return first === -1 ? messages.length : first;
}
