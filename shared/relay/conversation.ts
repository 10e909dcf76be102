import { ContentFilterError, UpstreamModelGoneError } from '../chat/errors/answer-faults.ts';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import { FileAccountConflictError } from '../stored-files/file-errors.ts';
import type { ConversationChain } from '../threads/conversation-chain.ts';
import { soonEnough } from '../threads/soon-enough.ts';
import type { ThreadEnd, ThreadStore } from '../threads/thread-store.ts';
import type { TemporaryChatNotes } from './conversations.ts';
import type { ServedAnswer } from './served-answer.ts';

/** Milliseconds to wait for the account that has the chat: longer than the usual distance between two requests. */
const threadPatience = 4000;

export interface ConversationOptions {
  readonly chain: ConversationChain;
  readonly callerId: string;
  readonly threads: ThreadStore;
  /** Where the chat's end is noted; absent for chats that stay. */
  readonly chats?: TemporaryChatNotes;
  /** The upstream chat to go on with, claimed for this request. */
  readonly end?: ThreadEnd;
  /** Whether there is no other way to serve the request. */
  readonly mustContinue: boolean;
  /** Milliseconds for which a chat waits for its next turn. */
  readonly life: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One request as a turn of a conversation that its client repeats each time. */
export class Conversation {
  /** The upstream chat to go on with, if there is one. */
  readonly end: ThreadEnd | undefined;
  readonly #options: ConversationOptions;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.end = options.end;
  }

  /** Whether there is no other way to serve the request than its own chat. */
  get mustContinue(): boolean {
    return this.#options.mustContinue;
  }

  /** Milliseconds to wait for the chat's account; `undefined` to wait as for any. */
  get patience(): number | undefined {
    return this.#options.mustContinue ? undefined : threadPatience;
  }

  /** Whether the request may be served in a new chat after its own could not be continued. */
  mayBeginAnew(error: unknown): boolean {
    if (this.#options.mustContinue || !(error instanceof GatewayError)) return false;
    // A file lies with another account than the chat, which may get all of the conversation.
    if (error instanceof FileAccountConflictError) return true;
    // What is wrong with the request itself is wrong in every chat.
    return ![InvalidRequestError, ContentFilterError, UpstreamModelGoneError].some((known) => error instanceof known);
  }

  /** Gives an unused chat back. @throws StoreUnavailableError */
  async giveBack(): Promise<void> {
    const { chain, threads } = this.#options;
    if (this.end !== undefined && chain.known !== undefined) await soonEnough(threads.put(chain.known, this.end));
  }

  /**
   * Remembers where the conversation goes on after a good answer.
   *
   * @returns whether the chat stays for that; what becomes of a chat that nobody sweeps is not decided here.
   * @throws StoreUnavailableError
   */
  async remember({ answer, lease, record, callFormat }: ServedAnswer): Promise<boolean> {
    const { chain, callerId, threads, chats, life, now } = this.#options;
    const { responseId } = record;
    const message = record.transcript?.message();
    const hash = message && chain.after(message);
    if (hash === undefined || responseId === undefined) return false;
    const { chatId } = answer;
    const { accountId } = lease;
    const isContinued = this.end?.chatId === chatId;
    const dueAt = isContinued ? this.end.dueAt : now() + 1.5 * life;
    const writes = Promise.all([
      threads.put(hash, { callerId, accountId, chatId, responseId, callFormat, dueAt }),
      isContinued ? undefined : chats?.rememberTemporary({ chatId, accountId, dueAt }),
    ]);
    await soonEnough(writes);
    return chats !== undefined;
  }
}

/** The request as it is sent into the chat that knows all of it but the end. */
export function continuedRequest(request: ResolvedChatRequest, { chatId, responseId }: ThreadEnd): ResolvedChatRequest {
  return { ...request, thread: { chatId, parentId: responseId, knowsTools: true } };
}
