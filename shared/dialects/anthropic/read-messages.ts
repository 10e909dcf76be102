import type { ChatMessage, ContentPart } from '../../chat/request.ts';
import type { ToolCall } from '../../chat/tool.ts';
import type { BlockBody, ToolResultBody } from './block-body.ts';
import { readPart } from './read-part.ts';
import type { MessageBody } from './request-body.ts';

/**
 * Reads a conversation. Results of tools stand in the user's messages and become messages of their own, in their order.
 * A message of which nothing is left, as one of thinking alone, is left out.
 *
 * @throws InvalidRequestError naming the block that can't be taken.
 */
export function readMessages(messages: readonly MessageBody[]): readonly ChatMessage[] {
  return messages.flatMap((message, index) => readMessage(message, `messages[${index}].content`));
}

function readMessage({ role, content }: MessageBody, path: string): readonly ChatMessage[] {
  const blocks: readonly BlockBody[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  switch (role) {
    case 'system': {
      const text = textOf(blocks);
      return text === '' ? [] : [{ role: 'system', content: text }];
    }
    case 'assistant':
      return readAnswer(blocks);
    case 'user':
      return readUser(blocks, path);
  }
}

function readAnswer(blocks: readonly BlockBody[]): readonly ChatMessage[] {
  const content = textOf(blocks);
  const toolCalls = blocks.flatMap((block): readonly ToolCall[] =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input ?? {}) }] : [],
  );
  return content === '' && toolCalls.length === 0 ? [] : [{ role: 'assistant', content, toolCalls }];
}

function readUser(blocks: readonly BlockBody[], path: string): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  let parts: ContentPart[] = [];
  const endParts = () => {
    if (parts.length > 0) messages.push({ role: 'user', content: parts });
    parts = [];
  };
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'tool_result') {
      endParts();
      messages.push(readResult(block, `${path}[${index}].content`));
    } else parts.push(...readPart(block, `${path}[${index}]`));
  }
  endParts();
  return messages;
}

function readResult(
  { tool_use_id: toolCallId, content, is_error: isError }: ToolResultBody,
  path: string,
): ChatMessage {
  const parts: readonly ContentPart[] =
    typeof content === 'string'
      ? [{ type: 'text', text: content }]
      : (content ?? []).flatMap((block, index) => readPart(block, `${path}[${index}]`));
  return { role: 'tool', toolCallId, content: parts, isError: isError ?? false };
}

/** Blocks of text are separate paragraphs. */
function textOf(blocks: readonly BlockBody[]): string {
  return blocks.flatMap((block) => (block.type === 'text' && block.text !== '' ? [block.text] : [])).join('\n\n');
}
