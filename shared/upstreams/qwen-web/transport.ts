import Agent from 'undici/lib/dispatcher/agent.js';
import type { BaseUrl } from './base-url.ts';
import { Exchange } from './exchange.ts';
import type { ResponseBody } from './response-body.ts';
import { transportError } from './transport-error.ts';

/** The head of an answer, its body still to be read. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: ResponseBody;
}

/** Header names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One call to the upstream. */
export interface UpstreamCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash; may hold a query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Shared by all calls of this process, so that connections are kept. HTTP/1.1 only: there an answer that is left early
 * closes its connection, which is what makes the upstream notice.
 */
const agent = new Agent({ allowH2: false, keepAliveTimeout: 30_000, connect: { timeout: 10_000 } });

/** Sends calls to one upstream. Redirects are not followed: they would carry the token elsewhere. */
export class Transport {
  readonly #baseUrl: BaseUrl;
  readonly #idleMilliseconds: number;

  /** @param idleMilliseconds the longest silence, before the head of an answer as well as within its body. */
  constructor(baseUrl: BaseUrl, idleMilliseconds: number) {
    this.#baseUrl = baseUrl;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /**
   * @returns as soon as the head of the answer is there.
   * @throws StalledAnswerError when no head came in time.
   * @throws UpstreamUnavailableError when the upstream can't be reached, or the signal was aborted.
   */
  async send(call: UpstreamCall): Promise<UpstreamResponse> {
    const exchange = new Exchange(call.signal);
    try {
      agent.dispatch(
        {
          origin: this.#baseUrl.origin,
          path: this.#baseUrl.pathPrefix + call.path,
          method: call.method,
          headers: call.headers,
          body: call.body ?? null,
          headersTimeout: this.#idleMilliseconds,
          bodyTimeout: this.#idleMilliseconds,
        },
        exchange,
      );
      return await exchange.response;
    } catch (error) {
      throw transportError(error, call.signal);
    }
  }
}
