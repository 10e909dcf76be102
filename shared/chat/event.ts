import type { PixelSize } from './aspect-ratio.ts';
import type { FinishReason } from './finish-reason.ts';
import type { Source } from './source.ts';
import type { Usage } from './usage.ts';

/**
 * What an upstream says while it answers: the only words that upstreams and dialects share.
 *
 * An answer that goes well ends with exactly one `finish`. One that breaks throws a `GatewayError` instead, so that a
 * broken answer can't be taken for a good one.
 */
export type ChatEvent =
  | StartEvent
  | TextDelta
  | ReasoningDelta
  | SourcesEvent
  | ImageEvent
  | VideoEvent
  | PictureCallStart
  | PictureCallEnd
  | ToolCallStart
  | ToolCallDelta
  | ToolCallEnd
  | UsageEvent
  | FinishEvent;

/** The upstream has accepted the request and named its chat. Not visible to a reader of the answer. */
export interface StartEvent {
  readonly type: 'start';
  readonly chatId: string;
  /** The upstream's id of this answer: the `parentId` of a next turn. */
  readonly responseId: string;
  /** The gateway's handle of this place, for callers who may go on with the chat. */
  readonly conversationId?: string;
}

export interface TextDelta {
  readonly type: 'text-delta';
  readonly text: string;
}

export interface ReasoningDelta {
  readonly type: 'reasoning-delta';
  readonly text: string;
}

/** The results of one web search. */
export interface SourcesEvent {
  readonly type: 'sources';
  readonly sources: readonly Source[];
}

export interface ImageEvent {
  readonly type: 'image';
  /** The picture to show. */
  readonly url: string;
  /** The picture as it was generated, when that is another file. */
  readonly originalUrl?: string;
}

export interface VideoEvent {
  readonly type: 'video';
  readonly url: string;
}

/** The gateway begins to make a picture that the answer holds as a file; its end follows before anything else. */
export interface PictureCallStart {
  readonly type: 'picture-call-start';
}

export interface PictureCallEnd {
  readonly type: 'picture-call-end';
  readonly picture: CalledPicture;
}

/** A picture, and how it was made. */
export interface CalledPicture {
  /** The file, in base64. */
  readonly base64: string;
  readonly action: 'generate' | 'edit';
  /** What the upstream was told last. */
  readonly prompt: string;
  /** Of the file, as it is. Absent when nobody knows. */
  readonly format?: string;
  readonly size?: PixelSize;
  readonly quality: 'high' | 'auto';
  readonly background: 'opaque' | 'auto';
}

/** The model calls a tool of the caller. Its deltas and its end follow before the next call starts. */
export interface ToolCallStart {
  readonly type: 'tool-call-start';
  /** Unique over all answers. */
  readonly id: string;
  readonly name: string;
  /** What the deltas hold: strict JSON of an object, in pieces, or free text. */
  readonly input: 'json' | 'text';
}

/** The next piece of the call's arguments; never empty. */
export interface ToolCallDelta {
  readonly type: 'tool-call-delta';
  readonly text: string;
}

/** The arguments are whole. A call without this event was broken off with its answer. */
export interface ToolCallEnd {
  readonly type: 'tool-call-end';
}

/** The counts so far; the last one of a stream is the true one. */
export interface UsageEvent {
  readonly type: 'usage';
  readonly usage: Usage;
}

export interface FinishEvent {
  readonly type: 'finish';
  readonly reason: FinishReason;
  /** The stop sequence that ended the answer, when one did; the reason is `stop` then. */
  readonly stopSequence?: string;
  /** Whether the upstream's chat holds words of this answer that its reader was not given. */
  readonly omits?: true;
}

/**
 * The events of one answer, in batches: all events that one read from the network held. One promise per read instead
 * of one per event is what keeps the relay cheap. Never yields an empty batch.
 */
export type ChatEvents = AsyncIterable<readonly ChatEvent[]>;

/** Whether a reader of the answer would see this event. The head of an answer is held back until the first one. */
export function isVisible(event: ChatEvent): boolean {
  return event.type !== 'start' && event.type !== 'usage' && event.type !== 'finish';
}
