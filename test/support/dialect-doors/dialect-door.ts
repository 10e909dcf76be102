import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { ServerSentEvent } from '../server-sent-events.ts';

/** An error in the gateway's own terms. */
export interface GatewayFault {
  readonly status: number;
  readonly type: string;
  readonly code: string;
}

/** An error as one dialect words it; `–` for what the dialect has no field for. */
export interface ErrorWords {
  readonly type: string;
  readonly code: string;
}

/** What an answer tells its caller. */
export interface Reading {
  /** The text, of an answer that broke as far as it came. */
  readonly text: string;
  readonly error: ErrorWords | undefined;
  /** Why the answer says that it has ended, in the gateway's words; `undefined` when it does not say. */
  readonly finish: FinishReason | undefined;
  /** Whether what only good answers end with has come: for a whole answer its finish, for a stream its terminator. */
  readonly terminated: boolean;
}

/** A plain question, ready to be posted. */
export interface DoorRequest {
  readonly path: string;
  readonly body: object;
}

/** How one dialect is spoken to, and understood, by tests that hold for all dialects. */
export interface DialectDoor {
  /** One user message to the default model, with nothing else asked for. */
  request(question: string, stream: boolean): DoorRequest;
  /** @param body of any answer that is no stream, good or not. */
  readWhole(body: string): Reading;
  readStream(events: readonly ServerSentEvent[]): Reading;
  /** Whether an event is the dialect's empty one, which keeps a silent stream alive. */
  isIdle(event: ServerSentEvent): boolean;
  /** What stands behind an error within a stream and is no event, to make clients notice that it broke. */
  readonly brokenTail?: string;
  /** The words for an error, in a body as well as in a stream. */
  wordsOf(fault: GatewayFault): ErrorWords;
}
