import type { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Attributes } from '../store/attributes.ts';
import { answerPieceKey, keptAnswerKey } from '../store/keys.ts';
import { leaseMilliseconds } from './answer-claims.ts';
import type { AnswerTable } from './answer-table.ts';
import type { Clock } from './clock.ts';
import { keptFailure } from './kept-answer.ts';
import { chunksOf, pack } from './packed-text.ts';

/** Characters of a stream that are gathered at most before they are written. */
const flushLength = 64 * 1024;
/** Milliseconds for which they are gathered at most. */
const flushAfter = 1000;
/** Pieces have no time of their own: they are found by their answer only, and go some time after it. */
const pieceDays = 2;

export interface RecorderOptions {
  readonly table: AnswerTable;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly partition: string;
  readonly run: string;
}

/** What is known of an answer before its first byte. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of streams. */
  readonly idleAfter?: number;
}

/**
 * Writes down one run's answer while it is made, one write after the other, and keeps the run's claim alive. Nobody waits
 * for a write but at the end. What can't be written is given up, and logged: the caller's own answer goes on, and the
 * claim ends by itself.
 */
export class AnswerRecorder {
  readonly #options: RecorderOptions;
  readonly #over = new AbortController();
  #work = Promise.resolve();
  #head: Attributes = {};
  #pending = '';
  #flushes = 0;
  #pieces = 0;
  #isGivenUp = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    void this.#stayAlive();
  }

  /** A stream begins: others may follow it. */
  open(head: AnswerHead): void {
    this.#takeHead(head);
    this.#enqueue(() => this.#change({ ...this.#head, state: 'open', leaseEnd: this.#leaseEnd() }));
  }

  /** Something of a stream. */
  write(piece: string): void {
    if (this.#pending === '') void this.#flushLater(this.#flushes);
    this.#pending += piece;
    if (this.#pending.length >= flushLength) this.#flush();
  }

  /** What keeps the stream alive, for those who follow it. Written once. */
  idle(text: string): void {
    if (this.#head.idle !== undefined) return;
    this.#head = { ...this.#head, idle: text };
    this.#enqueue(() => this.#change({ idle: text }));
  }

  /** A whole answer. @param isGood whether it is kept; otherwise only those get it who wait for it now. */
  async keep(head: AnswerHead, body: string, isGood: boolean): Promise<void> {
    this.#takeHead(head);
    this.#pending = body;
    await this.end(isGood);
  }

  /** The end. Resolves when everything is written, or given up. Never rejects. */
  async end(isGood: boolean): Promise<void> {
    const state = isGood ? 'done' : 'broken';
    const text = this.#take();
    this.#over.abort();
    this.#enqueue(async () => {
      const chunks = chunksOf(text);
      const last = chunks.pop() ?? Buffer.of();
      await this.#putPieces(chunks);
      // The one write that makes it an answer.
      await this.#change({ ...this.#head, state, pieces: this.#pieces, tail: await pack(last) });
    });
    await this.#work;
  }

  /** There is nothing but an error. Resolves and never rejects, as `end`. */
  async fail(error: GatewayError): Promise<void> {
    this.#over.abort();
    this.#enqueue(() => this.#change({ state: 'failed', failure: { ...keptFailure(error) } }));
    await this.#work;
  }

  #takeHead({ status, headers, idleAfter }: AnswerHead): void {
    this.#head = { status, headers: ownHeaders(headers), idleAfter };
  }

  #take(): string {
    const text = this.#pending;
    this.#pending = '';
    this.#flushes += 1;
    return text;
  }

  async #flushLater(flushes: number): Promise<void> {
    const { clock } = this.#options;
    await clock.delay(flushAfter, this.#over.signal);
    if (flushes === this.#flushes) this.#flush();
  }

  #flush(): void {
    const text = this.#take();
    this.#enqueue(() => this.#putPieces(chunksOf(text)));
  }

  async #putPieces(chunks: readonly Buffer[]): Promise<void> {
    const { table, clock, partition, run } = this.#options;
    const first = this.#pieces;
    this.#pieces += chunks.length;
    const ttl = Math.ceil(clock.now() / 1000) + pieceDays * 24 * 3600;
    const put = async (chunk: Buffer, index: number) => {
      await table.put(answerPieceKey(partition, run, index), { piece: await pack(chunk), ttl });
    };
    await Promise.all(chunks.map((chunk, offset) => put(chunk, first + offset)));
  }

  async #change(set: Attributes): Promise<void> {
    const { table, partition, run } = this.#options;
    const isOurs = await table.update(keptAnswerKey(partition), { set }, { equals: { run } });
    if (!isOurs) throw new Error('Another run has taken the key over.');
  }

  /** Nobody may take a run for dead while it lasts. */
  async #stayAlive(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#over;
    for (;;) {
      await clock.delay(leaseMilliseconds / 3, signal);
      if (signal.aborted) return;
      this.#enqueue(() => this.#change({ leaseEnd: this.#leaseEnd() }));
    }
  }

  #leaseEnd(): number {
    return this.#options.clock.now() + leaseMilliseconds;
  }

  #enqueue(write: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#isGivenUp) return;
      await write().catch((error: unknown) => this.#giveUp(error));
    });
  }

  #giveUp(error: unknown): void {
    this.#isGivenUp = true;
    this.#over.abort();
    this.#options.logger.warn('answer not kept for its Idempotency-Key', { error });
  }
}

/** Headers that tell of one request, or of the moment, and not of the answer. */
const momentary = /^(?:x-request-id|request-id|retry-after|x-ratelimit-.*|anthropic-ratelimit-.*)$/;

function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !momentary.test(name)));
}
