import type { AccountPool } from '../accounts/account-pool.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { Background } from '../http/background.ts';
import type { ServedAnswer } from './served-answer.ts';

/** Milliseconds that tidying up upstream may take. */
const tidyingLimit = 10_000;

/** Keeps the upstream chat of a finished answer, in place of deleting it. */
export type KeepChat = (served: ServedAnswer) => Promise<void>;

/** What happens once an answer is over, while the caller has it already. */
export class AfterAnswer {
  readonly #pool: AccountPool;
  readonly #upstream: ChatUpstream;
  readonly #background: Background;
  readonly #keep: KeepChat | undefined;

  /** @param keep without it, chats that were made for one answer are deleted. */
  constructor(pool: AccountPool, upstream: ChatUpstream, background: Background, keep: KeepChat | undefined) {
    this.#pool = pool;
    this.#upstream = upstream;
    this.#background = background;
    this.#keep = keep;
  }

  /** The answer came to its end. */
  finished(served: ServedAnswer): void {
    this.#background.add('settle account', this.#settle(served, 'ok'));
    this.#background.add('tidy chat', this.#tidy(served, this.#keep));
  }

  /** The answer broke after the caller had seen a part of it. Only an upstream's fault says anything of the account. */
  broken(served: ServedAnswer, error: unknown): void {
    if (error instanceof UpstreamError) this.#background.add('settle account', this.#settle(served, error));
    this.discard(served);
  }

  /** Nobody wants the answer any more: the caller left, or another account serves it. */
  discard(served: ServedAnswer): void {
    this.#background.add('tidy chat', this.#tidy(served, this.#keep && (() => Promise.resolve())));
  }

  async #settle({ lease }: ServedAnswer, outcome: 'ok' | UpstreamError): Promise<void> {
    await this.#pool.settle(lease, 'chat', outcome);
    await this.#pool.flush();
  }

  /**
   * A chat is never deleted while its answer may still run: that would lose the answer upstream (qwen-web §3). An answer
   * that the gateway has cut itself does run on.
   */
  async #tidy(served: ServedAnswer, keep: KeepChat | undefined): Promise<void> {
    const { lease, answer } = served;
    await answer.stop();
    if (keep !== undefined) await keep(served);
    else if (answer.ownsChat) {
      await this.#upstream.deleteChat(answer.chatId, lease.credentials, AbortSignal.timeout(tidyingLimit));
    }
  }
}
