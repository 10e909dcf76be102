import type { AccountPool } from '../accounts/account-pool.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { Background } from '../http/background.ts';
import type { ServedAnswer } from './served-answer.ts';

/** Milliseconds that tidying up upstream may take. */
const tidyingLimit = 10_000;

export interface AfterAnswerOptions {
  readonly pool: AccountPool;
  readonly upstream: ChatUpstream;
  readonly background: Background;
  /** Leaves the upstream chats in the account, whatever became of their answers. */
  readonly keepChats: boolean;
  /** Keeps the chat of a good answer for its caller to go on with. Without it, chats made for one answer are deleted. */
  readonly remember?: (served: ServedAnswer) => Promise<void>;
}

/** What happens once an answer is over, while the caller has it already. */
export class AfterAnswer {
  readonly #options: AfterAnswerOptions;

  constructor(options: AfterAnswerOptions) {
    this.#options = options;
  }

  /** The answer came to its end. */
  finished(served: ServedAnswer): void {
    this.#settle(served, 'ok');
    this.#options.background.add('tidy chat', this.#tidyGood(served));
  }

  /** The answer broke after the caller had seen a part of it. Only an upstream's fault says anything of the account. */
  broken(served: ServedAnswer, error: unknown): void {
    if (error instanceof UpstreamError) this.#settle(served, error);
    this.discard(served);
  }

  /** Nobody wants the answer any more: the caller left, or another account serves it. */
  discard(served: ServedAnswer): void {
    this.#options.background.add('tidy chat', this.#tidyBroken(served));
  }

  #settle({ lease }: ServedAnswer, outcome: 'ok' | UpstreamError): void {
    const { pool, background } = this.#options;
    background.add('settle account', pool.settle(lease, lease.kind, outcome));
  }

  async #tidyGood(served: ServedAnswer): Promise<void> {
    const { remember } = this.#options;
    if (remember === undefined) return this.#tidyBroken(served);
    await served.answer.stop();
    return remember(served);
  }

  /**
   * A chat is never deleted while its answer may still run: that would lose the answer upstream (qwen-web §3). An answer
   * that the gateway has cut itself does run on.
   */
  async #tidyBroken({ lease, answer }: ServedAnswer): Promise<void> {
    const { upstream, keepChats } = this.#options;
    await answer.stop();
    if (keepChats || !answer.ownsChat) return;
    await upstream.deleteChat(answer.chatId, lease.credentials, AbortSignal.timeout(tidyingLimit));
  }
}
