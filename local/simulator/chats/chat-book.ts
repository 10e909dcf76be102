import { randomUUID } from 'node:crypto';
import type { AttachedText } from '../answers/read-prompt.ts';

/** One message of a chat, as the upstream keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly parentId: string | null;
  readonly childrenIds: string[];
  readonly role: 'user' | 'assistant';
  content: string;
  readonly chatType: string;
  readonly model: string;
  /** Addresses of pictures and videos that the message shows. */
  readonly media: readonly string[];
  /** Texts that came with the message. */
  readonly attached?: readonly AttachedText[];
  /** The video that the message shows, once there is one. */
  readonly video?: { readonly taskId: string; readonly url: () => string | undefined };
  /** Epoch seconds. */
  readonly timestamp: number;
}

export interface StoredChat {
  readonly id: string;
  readonly accountId: string;
  title: string;
  readonly models: readonly string[];
  readonly chatType: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  updatedAt: number;
  readonly messages: Map<string, StoredMessage>;
  /** The newest message. */
  currentId: string | null;
}

/** The chats of all accounts. */
export class ChatBook {
  readonly #chats = new Map<string, StoredChat>();
  readonly #deleted = new Set<string>();

  create(accountId: string, spec: { title: string; models: readonly string[]; chatType: string }): StoredChat {
    const now = Math.floor(Date.now() / 1000);
    const chat: StoredChat = {
      id: randomUUID(),
      accountId,
      ...spec,
      createdAt: now,
      updatedAt: now,
      messages: new Map(),
      currentId: null,
    };
    this.#chats.set(chat.id, chat);
    return chat;
  }

  /** The account's own chat; those of others are not found. */
  find(accountId: string, id: string): StoredChat | undefined {
    const chat = this.#chats.get(id);
    return chat?.accountId === accountId ? chat : undefined;
  }

  wasDeleted(id: string): boolean {
    return this.#deleted.has(id);
  }

  /** Newest first. */
  list(accountId: string): readonly StoredChat[] {
    return [...this.#chats.values()].filter((chat) => chat.accountId === accountId).reverse();
  }

  delete(id: string): void {
    if (this.#chats.delete(id)) {
      this.#deleted.add(id);
    }
  }

  clear(): void {
    this.#chats.clear();
    this.#deleted.clear();
  }
}

/** Adds a message below its parent and makes it the newest. */
export function addMessage(chat: StoredChat, message: StoredMessage): void {
  chat.messages.set(message.id, message);
  if (message.parentId !== null) {
    chat.messages.get(message.parentId)?.childrenIds.push(message.id);
  }
  chat.currentId = message.id;
  chat.updatedAt = message.timestamp;
}

/** The messages from the first one down to the given one: what the model remembers when it goes on from there. */
export function historyOf(chat: StoredChat, lastId: string | null): readonly StoredMessage[] {
  const history: StoredMessage[] = [];
  for (let id = lastId; id !== null; ) {
    const message = chat.messages.get(id);
    if (message === undefined) {
      break;
    }
    history.push(message);
    id = message.parentId;
  }
  return history.reverse();
}
