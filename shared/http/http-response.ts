/** An answer that comes in pieces. */
export interface StreamedBody {
  /** May not throw: whoever makes it turns failures into in-band errors, because the status is already sent. */
  readonly pieces: AsyncIterable<string>;
  /** The piece that keeps a silent stream alive. */
  readonly idle: () => string;
  /** Milliseconds of silence after which `idle` is sent. */
  readonly idleAfter: number;
  /** Called when nobody reads on: `pieces` then ends soon, whatever it was waiting for. */
  readonly abandon: () => void;
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | StreamedBody;
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' };

/** A whole JSON answer. */
export function jsonResponse(
  body: object,
  statusCode = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { statusCode, headers: { ...jsonType, ...headers }, body: JSON.stringify(body) };
}

/** A stream of server-sent events, which no proxy on the way may buffer or change. */
export function eventStreamResponse(body: StreamedBody, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    },
    body,
  };
}
