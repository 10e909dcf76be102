import type { ChatEvents } from '../chat/event.ts';

/**
 * Work of the gateway's own that an answer asks for. It is done when the answer's account is free again, because it may
 * take an account itself, and told behind the answer, before its end.
 */
export interface Sequel {
  /** Whether the answer has asked for anything. Known when it has been read to its end. */
  readonly isDue: boolean;
  /** @returns the answer without what only this work is told by; without its end, too, when the work is due. */
  read(events: ChatEvents): ChatEvents;
  /** Does the work. @returns what is told of it, then the answer's end. Throws GatewayError. */
  follow(signal: AbortSignal): ChatEvents;
}
