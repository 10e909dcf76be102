import type { Readable } from 'node:stream';
import type { Credentials } from '../../chat/upstream.ts';
import type { BaseUrl } from './base-url.ts';
import type { Dispatchers } from './dispatchers.ts';
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

/** What of an account matters to its connections: its proxy, and its jar, which learns the cookies of every answer. */
export type CallAccount = Pick<Credentials, 'proxyUrl' | 'keepCookies'>;

/** One call to the upstream. */
export interface UpstreamCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /**
   * The host of the API when absent, or the one that knows users and tokens (qwen-web §1), or a foreign one by its
   * origin, as a storage's.
   */
  readonly host?: 'auth' | URL;
  /** Begins with a slash; may hold a query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** A stream goes out as it comes; its `content-length` is to be told. */
  readonly body?: string | Buffer | Readable;
  readonly signal: AbortSignal;
  /** Whose call it is; nobody's when absent. */
  readonly account?: CallAccount | undefined;
}

/** Sends calls to one upstream. Redirects are not followed: they would carry the token elsewhere. */
export class Transport {
  readonly #baseUrl: BaseUrl;
  readonly #idleMilliseconds: number;
  readonly #dispatchers: Dispatchers;

  /** @param idleMilliseconds the longest silence, before the head of an answer as well as within its body. */
  constructor(baseUrl: BaseUrl, idleMilliseconds: number, dispatchers: Dispatchers) {
    this.#baseUrl = baseUrl;
    this.#idleMilliseconds = idleMilliseconds;
    this.#dispatchers = dispatchers;
  }

  /** Of the upstream. */
  get origin(): string {
    return this.#baseUrl.origin;
  }

  /**
   * @returns as soon as the head of the answer is there.
   * @throws StalledAnswerError when no head came in time.
   * @throws UpstreamUnreachableError when there is no way to the upstream.
   * @throws UpstreamUnavailableError when the connection broke, or the signal was aborted.
   */
  async send(call: UpstreamCall): Promise<UpstreamResponse> {
    try {
      const dispatcher = await this.#dispatchers.for(call.account?.proxyUrl);
      const exchange = new Exchange(call.signal);
      dispatcher.dispatch(
        {
          ...this.#addressOf(call),
          method: call.method,
          headers: call.headers,
          body: call.body ?? null,
          headersTimeout: this.#idleMilliseconds,
          bodyTimeout: this.#idleMilliseconds,
        },
        exchange,
      );
      const response = await exchange.response;
      const setCookies = readSetCookies(response.headers);
      if (setCookies.length > 0) call.account?.keepCookies?.(setCookies);
      return response;
    } catch (error) {
      throw transportError(error, call.signal);
    }
  }

  #addressOf({ host, path }: UpstreamCall): { readonly origin: string; readonly path: string } {
    const { origin, authOrigin, pathPrefix } = this.#baseUrl;
    if (host instanceof URL) return { origin: host.origin, path };
    return { origin: host === 'auth' ? authOrigin : origin, path: pathPrefix + path };
  }
}

/** The Set-Cookie headers of an answer, of which there may be several or none. */
export function readSetCookies(headers: ResponseHeaders): readonly string[] {
  const value = headers['set-cookie'];
  return value === undefined ? [] : [value].flat();
}
