import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { AssistantMessage, ChatMessage, ContentPart } from '../../chat/request.ts';
import type { ToolCall } from '../../chat/tool.ts';
import type { ItemBody, MessageItemBody } from './item-body.ts';
import { joinTexts, readContent } from './read-content.ts';
import type { ToolNames } from './tool-names.ts';

/**
 * Reads a conversation. Calls join the assistant's message before them, so that an answer is one message again.
 *
 * @param before how many items stand before the request's own, for the places named in errors.
 * @throws InvalidRequestError naming the item that can't be taken, or `input` when nothing is left of it.
 */
export function readItems(
  instructions: string | null | undefined,
  items: readonly ItemBody[],
  before: number,
  names: ToolNames,
): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  for (const [index, item] of items.entries()) addItem(messages, item, `input[${Math.max(0, index - before)}]`, names);
  if (messages.length === 0) {
    throw new InvalidRequestError("'input' must hold at least one message.", { param: 'input' });
  }
  const hasInstructions = typeof instructions === 'string' && instructions !== '';
  return hasInstructions ? [{ role: 'system', content: instructions }, ...messages] : messages;
}

function addItem(messages: ChatMessage[], item: ItemBody, path: string, names: ToolNames): void {
  switch (item.type) {
    case 'message':
      messages.push(...readMessage(item, `${path}.content`));
      return;
    case 'function_call':
      addCall(messages, { ...callOf(item, names), arguments: item.arguments });
      return;
    case 'custom_tool_call':
      addCall(messages, { ...callOf(item, names), arguments: item.input });
      return;
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const content = readContent(item.output, `${path}.output`);
      messages.push({ role: 'tool', toolCallId: item.call_id, content, isError: false });
      return;
    }
    case 'image_generation_call':
      messages.push({ role: 'user', content: readPicture(item, `${path}.result`) });
      return;
    default:
  }
}

function readMessage({ role, content }: MessageItemBody, path: string): readonly ChatMessage[] {
  const parts = readContent(content, path);
  switch (role) {
    case 'user':
      return [{ role, content: parts }];
    case 'assistant':
      return [{ role, content: joinTexts(parts), toolCalls: [] }];
    default:
      return [{ role: 'system', content: joinTexts(parts) }, ...withMedia(parts)];
  }
}

/** Pictures of a system message are shown by the user, because only users can. */
function withMedia(parts: readonly ContentPart[]): readonly ChatMessage[] {
  const media = parts.filter(({ type }) => type !== 'text');
  return media.length === 0 ? [] : [{ role: 'user', content: media }];
}

/** A picture that an answer held, for the model to look at: its own messages can show none. */
function readPicture(
  { result, output_format: format, revised_prompt: prompt }: Extract<ItemBody, { type: 'image_generation_call' }>,
  field: string,
): readonly ContentPart[] {
  const of = prompt ? ` of: ${prompt}` : '';
  const url = result.startsWith('data:') ? result : `data:image/${format ?? 'png'};base64,${result}`;
  return [
    { type: 'text', text: `[This is the picture that you have made${of}]` },
    { type: 'image', url, field },
  ];
}

type CallItemBody = Extract<ItemBody, { type: 'function_call' | 'custom_tool_call' }>;

function callOf({ call_id: id, name, namespace }: CallItemBody, names: ToolNames): Pick<ToolCall, 'id' | 'name'> {
  return { id, name: names.modelName(name, namespace) };
}

function addCall(messages: ChatMessage[], call: ToolCall): void {
  const last = messages.at(-1);
  const speaker: AssistantMessage =
    last?.role === 'assistant' ? last : { role: 'assistant', content: '', toolCalls: [] };
  if (speaker === last) messages.pop();
  messages.push({ ...speaker, toolCalls: [...speaker.toolCalls, call] });
}
