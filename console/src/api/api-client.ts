import { EventReader, type ServerEvent } from './event-stream.ts';
import { GatewayError, readGatewayError, unreachableError } from './gateway-error.ts';
import type { Session, SessionStore } from './session-store.ts';

/** A session that ends within this many milliseconds is renewed before it is used. */
const renewAhead = 15 * 60_000;

export interface ApiClientOptions {
  readonly sessions: SessionStore;
  /** Called when the gateway does not accept the session any more. */
  readonly onSignedOut: () => void;
  readonly fetch?: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What may go with a request. */
export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a form as a form. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Speaks with the gateway that served this page, as the one who is signed in. All methods throw GatewayError, and an
 * `AbortError` when `signal` says so. The form of answers is the gateway's word, held by its contract test.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #now: () => number;
  #renewing: Promise<void> | undefined;
  /** The token of a session that can't live longer: it was signed in too long ago, or its key ends. */
  #last: string | undefined;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Turns an admin key into a session. @throws GatewayError when it is none. */
  async signIn(key: string): Promise<Session> {
    const response = await this.#fetch('/admin/session', { method: 'POST' }, key);
    if (!response.ok) throw await readGatewayError(response);
    const session: Session = JSON.parse(await response.text());
    this.#options.sessions.set(session);
    return session;
  }

  /** Ends the session here and at the gateway, which may be away. */
  async signOut(): Promise<void> {
    const { sessions } = this.#options;
    const token = sessions.session?.token;
    sessions.set(undefined);
    if (token !== undefined) await this.#fetch('/admin/session', { method: 'DELETE' }, token).catch(() => undefined);
  }

  get<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
    return this.#json(path, asking);
  }

  post<Answer>(path: string, body: object = {}, asking: Asking = {}): Promise<Answer> {
    return this.#json(path, { ...asking, method: 'POST', body });
  }

  put<Answer>(path: string, body: object, asking: Asking = {}): Promise<Answer> {
    return this.#json(path, { ...asking, method: 'PUT', body });
  }

  patch<Answer>(path: string, body: object, asking: Asking = {}): Promise<Answer> {
    return this.#json(path, { ...asking, method: 'PATCH', body });
  }

  delete<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
    return this.#json(path, { ...asking, method: 'DELETE' });
  }

  /** An answer as it comes, for downloads and headers. An answer that is an error is thrown. */
  async ask(path: string, asking: Asking = {}): Promise<Response> {
    await this.#renewInTime();
    const token = this.#options.sessions.session?.token;
    const response = await this.#fetch(path, asking, token);
    if (response.ok) return response;
    if (response.status === 401 && token !== undefined) this.#endSession(token);
    throw await readGatewayError(response);
  }

  /** Server-sent events as they come. Ends with the stream; `signal` breaks it off. */
  async *events(path: string, asking: Asking = {}): AsyncGenerator<ServerEvent, void, undefined> {
    const { body } = await this.ask(path, { ...asking, headers: { accept: 'text/event-stream', ...asking.headers } });
    if (body === null) return;
    const [reader, decoder, pieces] = [new EventReader(), new TextDecoder(), body.getReader()];
    try {
      for (;;) {
        const { done, value } = await pieces.read();
        if (done) return;
        yield* reader.read(decoder.decode(value, { stream: true }));
      }
    } catch (error) {
      throw asking.signal?.aborted === true || error instanceof GatewayError ? error : unreachableError(error);
    } finally {
      await pieces.cancel().catch(() => undefined);
    }
  }

  async #json<Answer>(path: string, asking: Asking): Promise<Answer> {
    const response = await this.ask(path, asking);
    return JSON.parse(await response.text());
  }

  async #fetch(path: string, asking: Asking, token: string | undefined): Promise<Response> {
    const { fetch = globalThis.fetch } = this.#options;
    const { body, method = 'GET', signal, headers } = asking;
    const form = body instanceof FormData ? body : undefined;
    const json = body === undefined || form !== undefined ? undefined : JSON.stringify(body);
    try {
      return await fetch(path, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: form ?? json ?? null,
        signal: signal ?? null,
        cache: 'no-store',
        credentials: 'omit',
      });
    } catch (error) {
      throw signal?.aborted === true ? error : unreachableError(error);
    }
  }

  /** One renewal for all who ask meanwhile. When it fails, the session is used until its end. */
  async #renewInTime(): Promise<void> {
    const { sessions } = this.#options;
    const { session } = sessions;
    if (session === undefined || session.token === this.#last || !this.#isEnding(session)) return;
    this.#renewing ??= this.#renew(session).finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  async #renew(session: Session): Promise<void> {
    const { sessions } = this.#options;
    const response = await this.#fetch('/admin/session', { method: 'POST' }, session.token).catch(() => undefined);
    if (response?.ok !== true) return;
    const renewed: Session = JSON.parse(await response.text());
    if (this.#isEnding(renewed)) this.#last = renewed.token;
    // Whoever signed out meanwhile stays signed out.
    if (sessions.session?.token === session.token) sessions.set(renewed);
  }

  #isEnding({ expires_at }: Session): boolean {
    return Date.parse(expires_at) - this.#now() <= renewAhead;
  }

  #endSession(token: string): void {
    const { sessions, onSignedOut } = this.#options;
    if (sessions.session?.token !== token) return;
    sessions.set(undefined);
    onSignedOut();
  }
}
