import type { Credentials } from './upstream.ts';

/** One message of a chat, as the upstream keeps it. */
export interface ArchivedMessage {
  readonly id: string;
  readonly role: string;
  /** Its words; an answer's pictures and videos as Markdown links behind them. */
  readonly content: string;
  /** `null` for a first message. */
  readonly parentId: string | null;
  /** Epoch milliseconds, when the upstream tells. */
  readonly createdAt: number | undefined;
}

/** A chat with all that was said in it, in all its branches. */
export interface ArchivedChat {
  readonly title: string | undefined;
  /** Each behind its parent, and otherwise in the order of time. */
  readonly messages: readonly ArchivedMessage[];
}

/** A chat in the upstream's own list. */
export interface ChatSummary {
  readonly id: string;
  readonly title: string;
  /** Its last change in epoch milliseconds, when the upstream tells. */
  readonly updatedAt: number | undefined;
}

/** The chats of accounts, as the upstream keeps them. All methods throw UpstreamErrors only. */
export interface ChatArchive {
  /** @throws ChatGoneError when there is no such chat. */
  read(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<ArchivedChat>;
  /** @throws ChatGoneError when there is no such chat. */
  rename(chatId: string, title: string, credentials: Credentials, signal: AbortSignal): Promise<void>;
  /** @param page from 1. @returns nothing beyond the last page. */
  list(page: number, credentials: Credentials, signal: AbortSignal): Promise<readonly ChatSummary[]>;
}
