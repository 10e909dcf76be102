import { get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { FetchRefusal, refusalOf } from './fetch-refusal.ts';
import { guardedLookup, RefusedAddressError, type Resolve, systemResolve } from './guarded-lookup.ts';
import { fileLimit } from './limits.ts';
import { invalidMedia } from './media-errors.ts';
import { isPublicAddress } from './public-address.ts';
import { readLimited } from './read-limited.ts';

/** A file from the web. */
export interface FetchedFile {
  readonly bytes: Buffer;
  /** The last part of its address; may be `''`. */
  readonly name: string;
}

/** A file from the web, as it comes. */
export interface OpenedWebFile {
  /** To be read to its end, or destroyed. It breaks off when the server falls silent. */
  readonly stream: IncomingMessage;
  readonly name: string;
  /** As the server says. */
  readonly mediaType: string;
}

export interface WebFetcherOptions {
  readonly resolve?: Resolve;
  /** Decides about an address, before anything is sent to it. */
  readonly mayCall?: (address: string) => boolean;
  /** Milliseconds for all of it, redirects included; of a file that is opened, for its head, and for any silence. */
  readonly timeLimit?: number;
  /** Bytes. */
  readonly sizeLimit?: number;
}

const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'qwen-gateway' };
const maximumRedirects = 3;

/**
 * Fetches files whose addresses callers have chosen, and so must never reach what only the gateway can reach. Each
 * connection is made anew: one that is kept might have been checked for somebody else.
 */
export class WebFetcher {
  readonly #mayCall: (address: string) => boolean;
  readonly #lookup: LookupFunction;
  readonly #timeLimit: number;
  readonly #sizeLimit: number;

  constructor(options: WebFetcherOptions = {}) {
    this.#mayCall = options.mayCall ?? isPublicAddress;
    this.#lookup = guardedLookup(options.resolve ?? systemResolve, this.#mayCall);
    this.#timeLimit = options.timeLimit ?? 20_000;
    this.#sizeLimit = options.sizeLimit ?? fileLimit;
  }

  /**
   * @param field the client's name for the address.
   * @throws InvalidMediaError telling why there is no file; the signal's reason when it is aborted.
   */
  async fetch(address: string, field: string, signal: AbortSignal): Promise<FetchedFile> {
    const limit = AbortSignal.timeout(this.#timeLimit);
    try {
      const { response, url } = await this.#follow(address, AbortSignal.any([signal, limit]));
      return { bytes: await readLimited(response, this.#sizeLimit), name: nameOf(url) };
    } catch (error) {
      signal.throwIfAborted();
      const why = limit.aborted ? `took longer than ${this.#timeLimit / 1000} s to fetch.` : refusalOf(error);
      throw invalidMedia(field, why, error);
    }
  }

  /**
   * Opens a file to be read as it comes, however large it is.
   *
   * @param signal ends the reading, too.
   * @throws FetchRefusal, RefusedAddressError or the network's error; the signal's reason when it is aborted.
   */
  async open(address: string, signal: AbortSignal): Promise<OpenedWebFile> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new FetchRefusal('takes too long to be fetched.')), this.#timeLimit);
    try {
      const { response: stream, url } = await this.#follow(address, AbortSignal.any([signal, late.signal]));
      stream.setTimeout(this.#timeLimit, () => stream.destroy(new FetchRefusal('comes too slowly.')));
      return { stream, name: nameOf(url), mediaType: stream.headers['content-type'] ?? '' };
    } catch (error) {
      signal.throwIfAborted();
      throw late.signal.aborted ? late.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns the answer with the file, and the address that it came from. */
  async #follow(address: string, signal: AbortSignal): Promise<{ response: IncomingMessage; url: URL }> {
    let url = this.#checked(URL.parse(address));
    for (let redirects = 0; redirects <= maximumRedirects; redirects += 1) {
      const response = await this.#get(url, signal);
      const { statusCode = 0, headers: answered } = response;
      if (statusCode === 200) return { response, url };
      response.destroy();
      if (statusCode < 300 || statusCode >= 400 || answered.location === undefined) {
        throw new FetchRefusal(`can't be fetched: its server answers with status ${statusCode}.`, statusCode);
      }
      url = this.#checked(URL.parse(answered.location, url.href));
    }
    throw new FetchRefusal(`can't be fetched: it redirects more than ${maximumRedirects} times.`);
  }

  /** A host that is an address is never looked up, so it is checked here. */
  #checked(url: URL | null): URL {
    if (url === null || !/^https?:$/.test(url.protocol)) throw new FetchRefusal('must be an http(s) URL.');
    if (url.username !== '' || url.password !== '') {
      throw new FetchRefusal('must be a URL without a user name and password.');
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !this.#mayCall(host)) throw new RefusedAddressError();
    return url;
  }

  #get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? getSecurely : get;
    return new Promise((resolve, reject) => {
      request(url, { headers, signal, agent: false, lookup: this.#lookup }, resolve).on('error', reject);
    });
  }
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
