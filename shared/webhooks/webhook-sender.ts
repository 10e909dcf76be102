import { type RequestOptions, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { guardedLookup, RefusedAddressError, type Resolve, systemResolve } from '../files/guarded-lookup.ts';
import type { WebhookRules } from './webhook-rules.ts';

export interface WebhookSenderOptions {
  readonly rules: WebhookRules;
  readonly resolve?: Resolve;
  /** Milliseconds that one try may take. */
  readonly timeLimit?: number;
}

/** What became of one try. The words of a failure go on after “The server”. */
export type Delivery =
  | { readonly type: 'delivered' }
  /** The receiver wants no more (410). */
  | { readonly type: 'refused' }
  | { readonly type: 'failed'; readonly why: string };

/**
 * Posts events to addresses that somebody has named, and so must never reach what only the gateway can reach: each
 * connection is made anew, to an address that was checked. Redirects are not followed, and answers are not read.
 */
export class WebhookSender {
  readonly #rules: WebhookRules;
  readonly #lookup: NonNullable<RequestOptions['lookup']>;
  readonly #timeLimit: number;

  constructor({ rules, resolve = systemResolve, timeLimit = 10_000 }: WebhookSenderOptions) {
    this.#rules = rules;
    this.#lookup = guardedLookup(resolve, rules.mayCall);
    this.#timeLimit = timeLimit;
  }

  /** Never rejects. @param signal ends the try. */
  async send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Delivery> {
    // The settings may have changed since the address was taken.
    const problem = this.#rules.problemOf(url);
    if (problem !== undefined) return { type: 'failed', why: `was not called: its URL ${problem}` };
    const limit = AbortSignal.timeout(this.#timeLimit);
    try {
      return judge(await this.#post(new URL(url), headers, body, AbortSignal.any([signal, limit])));
    } catch (error) {
      return { type: 'failed', why: limit.aborted ? `took longer than ${this.#timeLimit / 1000} s.` : wordsFor(error) };
    }
  }

  #post(url: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<number> {
    const send = url.protocol === 'https:' ? requestSecurely : request;
    const allHeaders = {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'qwen-gateway',
    };
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers: allHeaders, signal, agent: false, lookup: this.#lookup };
      send(url, options, (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end(body);
    });
  }
}

function judge(status: number): Delivery {
  if (status >= 200 && status < 300) return { type: 'delivered' };
  return status === 410 ? { type: 'refused' } : { type: 'failed', why: `answered with status ${status}.` };
}

/** No address that a name has led to is repeated: it may tell of a private network. */
function wordsFor(error: unknown): string {
  if (error instanceof RefusedAddressError)
    return 'was not called: its name leads to no address of the public internet.';
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `can't be reached, or broke off${code}.`;
}
