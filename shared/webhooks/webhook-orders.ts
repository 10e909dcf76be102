import { InvalidWebhookError } from './webhook-errors.ts';
import type { WebhookRules } from './webhook-rules.ts';

export interface WebhookOrdersOptions {
  /** The owner's address for all jobs; `''` for none. */
  readonly ownUrl: string;
  readonly rules: WebhookRules;
  /** Whether events can be signed. */
  readonly hasSecret: () => Promise<boolean>;
}

/** Decides whom the end of a new job is told. */
export class WebhookOrders {
  readonly #options: WebhookOrdersOptions;

  constructor(options: WebhookOrdersOptions) {
    this.#options = options;
  }

  /**
   * @param asked what the caller wants; the owner's own address is for those who want nothing.
   * @returns `undefined` when nobody is told.
   * @throws InvalidWebhookError when the caller's address is none that is called, or nothing can be signed;
   *   StoreUnavailableError
   */
  async urlFor(asked: string | undefined): Promise<string | undefined> {
    const { ownUrl, rules, hasSecret } = this.#options;
    if (asked === undefined) return ownUrl || undefined;
    const problem = rules.problemOf(asked);
    if (problem !== undefined) throw invalid(`'webhook_url' ${problem}`);
    if (!(await hasSecret())) {
      throw invalid("'webhook_url' can't be used: the gateway has no WEBHOOK_SECRET to sign events with.");
    }
    return asked;
  }
}

function invalid(message: string): InvalidWebhookError {
  return new InvalidWebhookError(message, { param: 'webhook_url' });
}
