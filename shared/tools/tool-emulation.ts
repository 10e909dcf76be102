import type { ChatEvents } from '../chat/event.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';

/** One attempt at a request with tools, on an upstream that has none. */
export interface ToolEmulation {
  /** The request as the upstream takes it: tools and calls are words of the conversation. */
  readonly request: ResolvedChatRequest;
  /**
   * Reads the calls out of the answer's text.
   *
   * @throws ToolCallMissingError, ToolCallInvalidError in place of a good end.
   */
  read(events: ChatEvents): ChatEvents;
}
