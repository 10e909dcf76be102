import type { GatewayError } from './errors/gateway-error.ts';
import type { ChatEvent } from './event.ts';
import type { ChatRequest } from './request.ts';

/** A client's request, read: what to ask, and how this client wants the answer written. */
export interface ReadRequest<Options> {
  readonly request: ChatRequest;
  readonly stream: boolean;
  readonly options: Options;
}

/** What every form of one answer carries. */
export interface AnswerIdentity {
  /** Unique; a dialect may put its own prefix before it. */
  readonly id: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** The model's name as the client wrote it. */
  readonly model: string;
}

/**
 * Writes one streamed answer. Each method returns the bytes to send, `''` for none. `open` comes first and once; after
 * `close` or `fail` nothing follows.
 */
export interface StreamWriter {
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
  /** The JSON body of the finished answer. */
  body(): object;
}

/** One way of speaking to clients. It names no upstream. */
export interface ChatDialect<Options> {
  readonly name: DialectName;
  /**
   * Reads a parsed JSON body, strictly: wrong types of known fields are refused, unknown fields ignored.
   *
   * @throws InvalidRequestError naming the field.
   */
  read(body: unknown): ReadRequest<Options>;
  streamWriter(identity: AnswerIdentity, options: Options): StreamWriter;
  wholeWriter(identity: AnswerIdentity, options: Options): WholeWriter;
}

/** Writes an error in the dialect's envelope, for answers that have not begun. */
export type ErrorWriter = (error: GatewayError, requestId: string) => object;

export type DialectName = 'openai-chat' | 'native';
