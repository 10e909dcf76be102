import type { ChatEvents } from '../chat/event.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { CallFormatName } from './call-format.ts';

/** One attempt at a request with tools, on an upstream that has none. */
export interface ToolEmulation {
  /** The markup in which calls are asked for. */
  readonly callFormat: CallFormatName;
  /** The request as the upstream takes it: tools and calls are words of the conversation. */
  readonly request: ResolvedChatRequest;
  /**
   * Reads the calls out of the answer's text.
   *
   * @throws ToolCallMissingError, ToolCallInvalidError in place of a good end.
   */
  read(events: ChatEvents): ChatEvents;
}
