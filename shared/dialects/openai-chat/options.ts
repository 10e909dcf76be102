import type { ConversationIds } from './conversation-fields.ts';

/** How search sources are given, see the setting SEARCH_INFO_MODE. */
export type SearchInfoMode = (typeof searchInfoModes)[number];

export const searchInfoModes = ['annotations', 'table', 'text'] as const;

/** The settings that a chat dialect is made with. */
export interface OpenAiChatSettings {
  /** Whether the model's thinking is passed on as `reasoning_content`. */
  readonly outputThinking: boolean;
  readonly searchInfoMode: SearchInfoMode;
  /** How answers name the place where their conversation goes on; `off` when absent. */
  readonly conversationIds?: ConversationIds;
}

/** How one client wants its answer written. */
export interface OpenAiChatOptions extends OpenAiChatSettings {
  /** Whether a stream ends with a chunk of token counts. */
  readonly includeUsage: boolean;
}
