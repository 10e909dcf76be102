import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { Background } from '../http/background.ts';
import type { ServedAnswer } from './served-answer.ts';

/** Milliseconds that tidying up upstream may take. */
const tidyingLimit = 10_000;

export interface AfterAnswerOptions {
  readonly upstream: Pick<ChatUpstream, 'deleteChat'>;
  readonly background: Background;
  /** Leaves the upstream chats in the account, whatever became of their answers. */
  readonly keepChats: boolean;
  /** Each notes the chat of a good answer, if it can. A chat that was made for an answer is deleted when nobody keeps it. */
  readonly keepers?: readonly ChatKeeper[];
  /** What else must be done before the caller of a good answer hears the end. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Notes a chat for its caller to go on with. @returns whether the chat stays for that. */
export type ChatKeeper = (served: ServedAnswer) => Promise<boolean>;

/** What happens once an answer is over, while the caller has it already. */
export class AfterAnswer {
  readonly #options: AfterAnswerOptions;
  /** The answer whose chat is kept. */
  #kept: ServedAnswer | undefined;
  /** The answer, of one of the attempts, whose chat nobody can go on with any more. */
  #tidied: ServedAnswer | undefined;

  constructor(options: AfterAnswerOptions) {
    this.#options = options;
  }

  /** Keeps the chat of a good answer, before its caller hears the end and may go on with it. Never throws. */
  async keep(served: ServedAnswer): Promise<void> {
    const { keepers = [], beforeEnd } = this.#options;
    const able = this.#tidied === served ? [] : keepers;
    await Promise.all([
      // Where one fails, the chat is still needed by the other.
      ...able.map((keeper) => this.#await('keep chat', this.#keepBy(keeper, served))),
      this.#await('keep answer', beforeEnd?.()),
    ]);
  }

  async #keepBy(keeper: ChatKeeper, served: ServedAnswer): Promise<void> {
    if (await keeper(served)) this.#kept = served;
  }

  async #await(name: string, work: Promise<void> | undefined): Promise<void> {
    if (work === undefined) return;
    this.#options.background.add(name, work);
    await work.catch(() => undefined);
  }

  /** The answer came to its end. One that the gateway has cut may run on upstream until it is stopped. */
  finished(served: ServedAnswer): void {
    this.#tidy(served, () => this.#settle(served, 'ok'));
  }

  /** The answer broke after the caller had seen a part of it. Only an upstream's fault says anything of the account. */
  broken(served: ServedAnswer, error: unknown): void {
    if (error instanceof UpstreamError) {
      this.#settle(served, error);
      this.failed(served);
    } else this.discard(served);
  }

  /**
   * The answer failed before the caller saw any of it; whoever looks for another account tells the pool.
   *
   * @returns resolves when the upstream has stopped it. Never rejects.
   */
  failed(served: ServedAnswer): Promise<void> {
    return this.#tidy(served, () => undefined);
  }

  /** Nobody wants the answer any more. Its account is free once the answer is stopped. */
  discard(served: ServedAnswer): void {
    this.#tidy(served, () => served.lease.release());
  }

  /** The caller has left before the answer began, which may still come. */
  left(held: Promise<ServedAnswer>): void {
    const ended = held.then(
      (served) => this.discard(served),
      () => undefined,
    );
    this.#options.background.add('give up answer', ended);
  }

  #settle({ lease }: ServedAnswer, outcome: 'ok' | UpstreamError): void {
    this.#options.background.add('settle account', lease.settle(outcome));
  }

  #tidy(served: ServedAnswer, whenStopped: () => void): Promise<void> {
    const keeps = this.#kept === served;
    if (!keeps) this.#tidied = served;
    const stopped = served.answer.stop().then(whenStopped);
    this.#options.background.add('tidy chat', keeps ? stopped : stopped.then(() => this.#deleteChat(served)));
    return stopped;
  }

  // Never while its answer may still run: that would lose the answer upstream (qwen-web §3).
  async #deleteChat({ lease, answer }: ServedAnswer): Promise<void> {
    const { upstream, keepChats } = this.#options;
    if (keepChats || !answer.ownsChat) return;
    await upstream.deleteChat(answer.chatId, lease.credentials, AbortSignal.timeout(tidyingLimit));
  }
}
