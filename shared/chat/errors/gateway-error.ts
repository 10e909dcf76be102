/** What a subclass may tell beside its message. */
export interface GatewayErrorOptions extends ErrorOptions {
  /** The request field that is to blame, in the client's own spelling. */
  readonly param?: string;
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number;
  /** Answer headers that belong to this error, as `allow` to a 405. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error that knows its answer. Each dialect renders these fields in its own envelope; nothing else decides about
 * status codes. Messages are shown to callers: they say what to do and hold no secret.
 */
export abstract class GatewayError extends Error {
  /** HTTP status, when the error comes before the first byte of the answer. */
  abstract readonly status: number;
  /** OpenAI's `error.type`; other dialects derive theirs from the status. */
  abstract readonly type: string;
  /** Stable, machine-readable. */
  abstract readonly code: string;
  /** Whether repeating the same request can help; `undefined` leaves it to the client's own rule for the status. */
  readonly shouldRetry: boolean | undefined = undefined;
  readonly param: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, options: GatewayErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.param = options.param;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
  }
}
