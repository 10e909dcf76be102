import type { ChatEvents } from '../chat/event.ts';
import type { ToolUse } from '../chat/tool.ts';
import { ToolCallReader } from './reader/tool-call-reader.ts';

/** Reads the calls out of an answer's text. @throws ToolCallMissingError, ToolCallInvalidError */
export async function* readToolCalls(events: ChatEvents, tools: ToolUse): ChatEvents {
  const reader = new ToolCallReader(tools);
  for await (const batch of events) {
    const read = reader.push(batch);
    if (read.length > 0) yield read;
  }
}
