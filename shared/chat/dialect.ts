import type { GatewayError } from './errors/gateway-error.ts';
import type { ChatEvent } from './event.ts';
import type { ChatRequest } from './request.ts';

/** What of a call a dialect may read beside the body. */
export interface RequestContext {
  /** What the `{…}` segments of the path held. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** A client's request, read: what to ask, and how this client wants the answer written. */
export interface ReadRequest {
  readonly request: ChatRequest;
  readonly stream: boolean;
  /** Of the native form: whether a video is waited for, or its task told at once. */
  readonly waitForVideo?: boolean;
  /** Of the native form: where its caller wants to be told of the video's end. */
  readonly webhookUrl?: string;
  streamWriter(identity: AnswerIdentity): StreamWriter;
  wholeWriter(identity: AnswerIdentity): WholeWriter;
}

/** What every form of one answer carries. */
export interface AnswerIdentity {
  /** Unique; a dialect may put its own prefix before it. */
  readonly id: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** The model's name as the client wrote it. */
  readonly model: string;
  /** As in `x-request-id`, for dialects whose in-band errors carry it. */
  readonly requestId: string;
}

/**
 * Writes one streamed answer. Each method returns the bytes to send, `''` for none. `open` comes first and once; after
 * `close` or `fail` nothing follows.
 */
export interface StreamWriter {
  /** The stream's content type; that of server-sent events when absent. */
  readonly contentType?: string;
  /** The head of the stream, sent with the first visible event. */
  open(): string;
  write(events: readonly ChatEvent[]): string;
  /** The dialect's own empty event, which keeps a silent stream alive in every client. Never an SSE comment. */
  idle(): string;
  /** The end of a good answer, success terminator included. */
  close(): string;
  /** A failure after the first byte: in-band, without the success terminator. */
  fail(error: GatewayError): string;
}

/** A whole answer, gathered from the same events that a stream is written from. */
export interface WholeWriter {
  write(events: readonly ChatEvent[]): void;
  /** The JSON body of the finished answer. @throws TruncatedAnswerError when no finish has come. */
  body(): object;
}

/** One way of speaking to clients. It names no upstream. */
export interface ChatDialect {
  readonly name: DialectName;
  /**
   * Reads a parsed JSON body, strictly: wrong types of known fields are refused, unknown fields ignored.
   *
   * @throws InvalidRequestError naming the field.
   */
  read(body: unknown, context: RequestContext): ReadRequest;
}

/** Writes an error in the dialect's envelope, for answers that have not begun. */
export type ErrorWriter = (error: GatewayError, requestId: string) => object;

export type DialectName = 'openai-chat' | 'openai-responses' | 'anthropic' | 'gemini' | 'native';
