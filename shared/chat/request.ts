import type { AspectRatio } from './aspect-ratio.ts';
import type { ToolCall, ToolUse } from './tool.ts';

/** A chat request in the gateway's own words: what every dialect reads into and every upstream answers. */
export interface ChatRequest {
  /** The model's name as the client wrote it; the router resolves it. */
  readonly model: string;
  /** At least one; system messages may stand anywhere. */
  readonly messages: readonly ChatMessage[];
  readonly features: ChatFeatures;
  readonly limits: OutputLimits;
  readonly format: AnswerFormat;
  readonly tools: ToolUse;
  /** The upstream chat to go on with; a new one when absent. */
  readonly thread?: Thread;
  /** The handle of the answer to go on from, as an earlier answer has told it. */
  readonly conversationId?: string;
  /** What is to be made; the model's name tells when absent, and otherwise it is text. */
  readonly output?: ChatOutput;
  /** The shape of a picture or video to be made; the upstream's own when absent. */
  readonly aspectRatio?: AspectRatio;
}

/** What an answer is made of. An edited picture is one made from the message's own. */
export type ChatOutput = 'text' | 'image' | 'image-edit' | 'video';

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
  /** `''` when the answer held nothing but calls. */
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
}

/** The result of a tool call, as a client reports it. */
export interface ToolMessage {
  readonly role: 'tool';
  /** Of the call that it answers; matching is by id, and by `name` where a dialect has no ids. */
  readonly toolCallId: string;
  /** The tool's name, where the dialect tells. */
  readonly name?: string;
  readonly content: readonly ContentPart[];
  /** Whether the tool failed. */
  readonly isError: boolean;
}

export type ContentPart = TextPart | MediaPart;

/** What is not text: it is fetched or decoded, and uploaded to the account that serves the request. */
export type MediaPart = ImagePart | VideoPart | FilePart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

interface MediaSource {
  /** An http(s) URL or a data URI. */
  readonly url: string;
  /** The id of a file that the caller has stored before. Then the URL is nothing but a name for it. */
  readonly fileId?: string;
  /** Where the client's body has it, in the client's spelling: what is wrong with it is found later. */
  readonly field?: string;
  /** The bytes, when the client has sent them as they are. Then the URL is nothing but a name for them. */
  readonly bytes?: Buffer;
}

export interface ImagePart extends MediaSource {
  readonly type: 'image';
}

export interface VideoPart extends MediaSource {
  readonly type: 'video';
}

/** A document or a sound. */
export interface FilePart extends MediaSource {
  readonly type: 'file';
  /** As the client calls it. */
  readonly name?: string;
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
  /** Whether the chat was told of the very same tools before. */
  readonly knowsTools?: boolean;
}
