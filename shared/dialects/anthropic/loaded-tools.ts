import type { BlockBody } from './block-body.ts';
import type { MessageBody } from './request-body.ts';

/** What a conversation has done to the list of tools. */
export interface ToolChanges {
  /** Deferred tools that it has brought in, or called. */
  readonly loaded: ReadonlySet<string>;
  /** Tools that it has withdrawn. */
  readonly removed: ReadonlySet<string>;
}

/** Finds which deferred tools a conversation has loaded (clients §3), the last word on each counting. */
export function findToolChanges(messages: readonly MessageBody[]): ToolChanges {
  const loaded = new Set<string>();
  const removed = new Set<string>();
  for (const { content } of messages) {
    if (typeof content === 'string') continue;
    for (const block of content) {
      const withdrawn = block.type === 'tool_removal' ? block.tool.name : undefined;
      if (withdrawn !== undefined) removed.add(withdrawn);
      for (const name of namesIn(block)) {
        loaded.add(name);
        removed.delete(name);
      }
    }
  }
  return { loaded, removed };
}

function namesIn(block: BlockBody): readonly string[] {
  switch (block.type) {
    case 'tool_reference':
      return [block.tool_name];
    case 'tool_use':
      // The reference may have gone with an older part of the conversation.
      return [block.name];
    case 'tool_addition':
      return block.tool.name === undefined ? [] : [block.tool.name];
    case 'tool_search_tool_result':
      return (block.content.tool_references ?? []).map((reference) => reference.tool_name);
    case 'tool_result':
      return typeof block.content === 'object' ? (block.content ?? []).flatMap(namesIn) : [];
    default:
      return [];
  }
}
