/** A chat request in the gateway's own words: what every dialect reads into and every upstream answers. */
export interface ChatRequest {
  /** The model's name as the client wrote it; the router resolves it. */
  readonly model: string;
  /** At least one; system messages may stand anywhere. */
  readonly messages: readonly ChatMessage[];
  readonly features: ChatFeatures;
  readonly limits: OutputLimits;
  readonly format: AnswerFormat;
  /** The upstream chat to go on with; a new one when absent. */
  readonly thread?: Thread;
}

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

export interface SystemMessage {
  readonly role: 'system';
  readonly content: string;
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: readonly ContentPart[];
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string;
}

/** The result of a tool call, as a client reports it. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly content: string;
}

export type ContentPart = TextPart | ImagePart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly type: 'image';
  /** An http(s) URL or a data URI. */
  readonly url: string;
}

/** What the caller switched on or off; `undefined` leaves it to the model name and the defaults. */
export interface ChatFeatures {
  readonly thinking?: boolean;
  /** Upper bound of reasoning tokens. */
  readonly thinkingBudget?: number;
  readonly search?: boolean;
}

/** Limits that the gateway enforces itself, because the upstream takes none. */
export interface OutputLimits {
  /** Tokens of text and reasoning together. */
  readonly maxOutputTokens?: number;
  /** The answer ends before the first of these; none is part of it. */
  readonly stopSequences: readonly string[];
}

export type AnswerFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'json-schema'; readonly name: string; readonly schema: Readonly<Record<string, unknown>> };

/** A place in an upstream chat. */
export interface Thread {
  readonly chatId: string;
  /** The answer to go on from; the upstream's newest when absent. */
  readonly parentId?: string;
}
