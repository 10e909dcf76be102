import type { ConversationMode } from '../chat/conversation-mode.ts';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { ConversationUnknownError } from '../chat/errors/request-errors.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { DueChat } from '../chats/chat-index.ts';
import type { Caller } from '../http/invocation.ts';
import { ConversationChain } from '../threads/conversation-chain.ts';
import { soonEnough } from '../threads/soon-enough.ts';
import type { ThreadEnd, ThreadStore } from '../threads/thread-store.ts';
import { Conversation } from './conversation.ts';

/** How the chats behind a route live on: `index` keeps them so that callers can go on with them by `chatId`. */
export type ChatLife = 'single-answer' | 'index';

export interface ConversationsOptions {
  readonly threads: ThreadStore;
  readonly chats: TemporaryChatNotes;
  /** Of callers whose key says nothing else. */
  readonly mode: ConversationMode;
  /** Milliseconds for which a chat waits for its next turn. Longer than any answer takes. */
  readonly life: number;
  /** Whether chats are left in the account for ever. */
  readonly keepChats: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Where chats are noted that are to be deleted some day. */
export interface TemporaryChatNotes {
  /** @throws StoreUnavailableError */
  rememberTemporary(chat: DueChat): Promise<void>;
}

/** Finds the upstream chats that know what a request repeats. */
export class Conversations {
  readonly #options: ConversationsOptions;
  readonly #now: () => number;

  constructor(options: ConversationsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Claims the upstream chat that ends where the request goes on, if there is one. Nobody else gets it afterwards.
   *
   * @returns `undefined` for requests that have a chat of their own in any case.
   * @throws ConversationUnknownError when there is none, and the mode allows no new one.
   * @throws StoreUnavailableError where the mode allows no new one.
   */
  async open(request: ResolvedChatRequest, caller: Caller, life: ChatLife): Promise<Conversation | undefined> {
    const { threads, chats, keepChats } = this.#options;
    const mode = caller.conversations ?? this.#options.mode;
    if (mode === 'always-new' || !mayContinue(request, caller)) return undefined;
    const chain = new ConversationChain(seedOf(request, caller, life), request.messages);
    const isSwept = life === 'single-answer' && !keepChats;
    const end = chain.known === undefined ? undefined : await this.#claim(chain.known, caller.id, isSwept, mode);
    if (end === undefined && mode === 'never-fold') refuseHistory(request);
    const conversation = { chain, callerId: caller.id, life: this.#options.life, now: this.#now, threads };
    return new Conversation({
      ...conversation,
      ...(isSwept && { chats }),
      ...(end && { end }),
      mustContinue: mode === 'never-fold' && end !== undefined,
    });
  }

  /** A store that fails is no reason to fail the request, where there is another way. */
  async #claim(
    hash: string,
    callerId: string,
    isSwept: boolean,
    mode: ConversationMode,
  ): Promise<ThreadEnd | undefined> {
    const { threads } = this.#options;
    try {
      const found = await soonEnough(threads.take(hash, callerId));
      return found && (await soonEnough(this.#prolong(found, isSwept)));
    } catch (error) {
      if (mode === 'never-fold' || !(error instanceof GatewayError)) throw error;
      return undefined;
    }
  }

  /** So that the chat is not deleted while it answers. Is written once in half a life. */
  async #prolong(end: ThreadEnd, isSwept: boolean): Promise<ThreadEnd> {
    const { life, chats } = this.#options;
    const now = this.#now();
    if (end.dueAt - now >= life) return end;
    const { chatId, accountId } = end;
    const dueAt = now + 1.5 * life;
    if (isSwept) await chats.rememberTemporary({ chatId, accountId, dueAt });
    return { ...end, dueAt };
  }
}

/** Callers with tokens of their own, makers of pictures, and callers who name their chat are served as ever. */
function mayContinue({ output = 'text', thread }: ResolvedChatRequest, { tokens }: Caller): boolean {
  return output === 'text' && thread === undefined && tokens === undefined;
}

function seedOf({ target, tools, format, features }: ResolvedChatRequest, { id }: Caller, life: ChatLife) {
  return { callerId: id, model: target.id, tools, format, search: features.search, life };
}

function refuseHistory({ messages }: ResolvedChatRequest): void {
  if (!messages.some(({ role }) => role === 'assistant')) return;
  throw new ConversationUnknownError(
    'The gateway has no chat that holds this conversation and ends here. Begin a new conversation, or set CONVERSATIONS=auto.',
    { param: 'messages' },
  );
}
