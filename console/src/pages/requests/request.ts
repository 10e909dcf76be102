/** One request, as `GET /admin/requests` lists it. */
export interface GatewayRequest {
  readonly id: string;
  /** What its caller got as `x-request-id`. */
  readonly request_id: string;
  /** ISO time. */
  readonly created_at: string;
  readonly key: string;
  readonly key_name: string | null;
  readonly kind: 'chat' | 'image' | 'video';
  readonly path: string;
  readonly dialect: string;
  /** As the caller named it; empty for none. */
  readonly model: string;
  /** The upstream's model. */
  readonly target: string | null;
  readonly account: string | null;
  readonly status: number;
  readonly error_code: string | null;
  readonly stream: boolean;
  readonly milliseconds: number;
  readonly first_token_milliseconds: number | null;
  readonly finish_reason: string | null;
  readonly aborted: boolean;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number | null;
  readonly token_source: 'upstream' | 'tokenizer' | 'estimate' | 'none';
  readonly images: number;
  readonly video_seconds: number;
  readonly has_content: boolean;
}

/** The answer to `GET /admin/requests/{id}`. */
export interface RequestWithContent extends GatewayRequest {
  /** `null` when it was not recorded, or is not kept any more. */
  readonly content: { readonly request: string; readonly answer: string } | null;
}

/** What of the log is wanted; an empty text stands for all. */
export interface RequestFilter {
  readonly kind: string;
  /** `ok`, `error` or `aborted`. */
  readonly status: string;
  readonly key: string;
  readonly account: string;
  readonly model: string;
}

/** How a request ended. Who leaves before the end is no failure. */
export function outcomeOf({ aborted, status, error_code }: GatewayRequest): 'ok' | 'error' | 'aborted' {
  if (aborted) return 'aborted';
  return status >= 400 || error_code !== null ? 'error' : 'ok';
}

/** Tokens of the answer in a second, from its first one on; `undefined` where that can't be told. */
export function tokensPerSecond(request: GatewayRequest): number | undefined {
  const { completion_tokens, milliseconds, first_token_milliseconds, token_source } = request;
  const time = milliseconds - (first_token_milliseconds ?? milliseconds);
  return time < 100 || completion_tokens === 0 || token_source === 'none'
    ? undefined
    : (completion_tokens / time) * 1000;
}
