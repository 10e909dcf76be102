import { inCallersTerms } from '../accounts/pass-through/in-callers-terms.ts';
import type { ArchivedChat, ChatArchive } from '../chat/chat-archive.ts';
import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import type { Credentials } from '../chat/upstream.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { KeptChat } from '../chats/chat-row.ts';
import type { Call } from '../http/invocation.ts';
import type { CallerMeans } from '../relay/caller-means.ts';
import { runOwnerErrand } from '../relay/owner-errand.ts';

export interface ChatDeskOptions {
  readonly means: CallerMeans;
  readonly archive: ChatArchive;
  readonly chats: ChatIndex;
}

/** Milliseconds for all attempts together. */
const errandLimit = 30_000;

/** What callers do with their kept chats: first upstream, by the account that owns the chat, and then in the index. */
export class ChatDesk {
  readonly #means: CallerMeans;
  readonly #archive: ChatArchive;
  readonly #chats: ChatIndex;

  constructor({ means, archive, chats }: ChatDeskOptions) {
    this.#means = means;
    this.#archive = archive;
    this.#chats = chats;
  }

  /** All that was said in a chat; what it tells of the chat is taken over. @throws GatewayError */
  async read(chatId: string, call: Call): Promise<{ readonly chat: KeptChat; readonly archived: ArchivedChat }> {
    const chat = await this.#find(chatId, call);
    const archived = await this.#errand(chat, call, (credentials, signal) =>
      this.#archive.read(chatId, credentials, signal),
    );
    const title = archived.title ?? chat.title;
    const facts = { title, messages: archived.messages.length, userMessages: countOf(archived, 'user') };
    const isRight =
      facts.title === chat.title && facts.messages === chat.messages && facts.userMessages === chat.userMessages;
    if (!isRight) call.background.add('correct chat', this.#chats.correct(chat, facts));
    return { chat: { ...chat, title }, archived };
  }

  /** @throws GatewayError, the upstream's refusal among them; the index has the old name then. */
  async rename(chatId: string, title: string, call: Call): Promise<KeptChat> {
    const chat = await this.#find(chatId, call);
    await this.#errand(chat, call, (credentials, signal) => this.#archive.rename(chatId, title, credentials, signal));
    await this.#chats.rename(chat, title);
    return { ...chat, title };
  }

  /** A chat that is gone already, upstream or for as long as its tombstone is there, is deleted. @throws GatewayError */
  async delete(chatId: string, call: Call): Promise<void> {
    const chat = await this.#look(chatId, call);
    if (chat.deletedAt !== undefined) return;
    const { upstream } = this.#means.of(call.caller, () => '');
    await this.#errand(chat, call, (credentials, signal) => upstream.deleteChat(chatId, credentials, signal)).catch(
      (error: unknown) => {
        if (!(error instanceof ChatGoneError)) throw error;
      },
    );
    await this.#chats.bury(chat);
  }

  async #find(chatId: string, call: Call): Promise<KeptChat> {
    const chat = await this.#look(chatId, call);
    if (chat.deletedAt !== undefined) throw noChat(chatId);
    return chat;
  }

  async #look(chatId: string, { caller }: Call): Promise<KeptChat> {
    const chat = await this.#chats.look(chatId, caller);
    // Chats of brought tokens are out of reach for whoever has not brought them.
    if (chat === undefined || (caller.tokens === undefined && chat.keyId === chat.accountId)) throw noChat(chatId);
    return chat;
  }

  async #errand<Result>(
    chat: KeptChat,
    { caller, requestId }: Call,
    call: (credentials: Credentials, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const signal = AbortSignal.timeout(errandLimit);
    const { attempts } = this.#means.of(caller, () => '');
    return runOwnerErrand(attempts, { accountId: chat.accountId, requestId, signal }, async ({ credentials }) => {
      try {
        return await call(credentials, signal);
      } catch (error) {
        if (error instanceof ChatGoneError) await this.#chats.bury(chat);
        throw caller.tokens === undefined ? error : inCallersTerms(error);
      }
    });
  }
}

function noChat(chatId: string): ChatGoneError {
  return new ChatGoneError(`There is no chat ${chatId} here. GET /api/chats lists those that are kept.`, {
    param: 'chatId',
  });
}

function countOf({ messages }: ArchivedChat, role: string): number {
  return messages.filter((message) => message.role === role).length;
}
