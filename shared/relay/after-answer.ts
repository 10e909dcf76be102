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
  /**
   * Notes the chat of a good answer for its caller to go on with, and tells whether that can be. Other chats that were made
   * for one answer are deleted.
   */
  readonly remember?: (served: ServedAnswer) => Promise<boolean>;
  /** What else must be done before the caller of a good answer hears the end. */
  readonly beforeEnd?: () => Promise<void>;
}

/** What happens once an answer is over, while the caller has it already. */
export class AfterAnswer {
  readonly #options: AfterAnswerOptions;
  #isRemembered = false;
  /** The answer, of one of the attempts, whose chat nobody can go on with any more. */
  #tidied: ServedAnswer | undefined;

  constructor(options: AfterAnswerOptions) {
    this.#options = options;
  }

  /** Keeps the chat of a good answer, before its caller hears the end and may go on with it. Never throws. */
  async keep(served: ServedAnswer): Promise<void> {
    await Promise.all([
      this.#await('keep chat', this.#remember(served)),
      this.#await('keep answer', this.#options.beforeEnd?.()),
    ]);
  }

  async #remember(served: ServedAnswer): Promise<void> {
    if (this.#tidied === served) return;
    this.#isRemembered = (await this.#options.remember?.(served)) ?? false;
  }

  async #await(name: string, work: Promise<void> | undefined): Promise<void> {
    if (work === undefined) return;
    this.#options.background.add(name, work);
    await work.catch(() => undefined);
  }

  /** The answer came to its end. One that the gateway has cut may run on upstream until it is stopped. */
  finished(served: ServedAnswer): void {
    this.#tidy(served, () => this.#settle(served, 'ok'), this.#isRemembered);
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

  #settle({ lease }: ServedAnswer, outcome: 'ok' | UpstreamError): void {
    this.#options.background.add('settle account', lease.settle(outcome));
  }

  #tidy(served: ServedAnswer, whenStopped: () => void, keeps = false): Promise<void> {
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
