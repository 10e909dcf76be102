import { breakStream } from '../../../shared/dialects/break-stream.ts';
import { Background } from '../../../shared/http/background.ts';
import type { AnswerRoute, RouteHandler } from '../../../shared/http/endpoint.ts';
import type { HttpResponse, StreamedBody } from '../../../shared/http/http-response.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { createAnswerOnce } from '../../../shared/idempotency/answer-once.ts';
import type { AnswerTable } from '../../../shared/idempotency/answer-table.ts';
import type { LogFields } from '../../../shared/logging/logger.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import type { Route } from '../../../shared/routes.ts';
import type { SimulatedClock } from './simulated-clock.ts';

export const route: Route = {
  method: 'POST',
  path: '/v1/chat/completions',
  function: 'chat-completions',
  dialect: 'openai-chat',
  creates: true,
  access: 'key',
};

/** What its caller has of an answer. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** How many pieces it came in. */
  readonly pieces: number;
}

export interface Asking extends Partial<Pick<Call, 'body' | 'query' | 'parameters' | 'caller'>> {
  readonly key?: string;
  readonly route?: Route;
  /** After so many pieces the caller leaves. */
  readonly leaveAfter?: number;
  /** Told how many pieces the caller has. */
  readonly onPiece?: (pieces: number) => void;
}

/** One function with one request at a time, which may be killed: then nothing of it goes on, whatever it waits for. */
export class Instance {
  readonly #table: AnswerTable;
  readonly #clock: SimulatedClock;
  readonly #answer: AnswerRoute;
  readonly #onStream: (body: StreamedBody) => void;
  readonly lines: string[] = [];
  readonly notes: LogFields[] = [];
  /** Calls of the table and the bytes that they have written. */
  readonly calls = { reads: 0, writes: 0, bytes: 0 };
  isAlive = true;

  /** @param onStream told of streams before they are read. */
  constructor(table: AnswerTable, clock: SimulatedClock, onStream: (body: StreamedBody) => void = () => {}) {
    this.#onStream = onStream;
    this.#table = table;
    this.#clock = clock;
    this.#answer = createAnswerOnce({
      table: this.#watched(),
      clock: { now: () => clock.now(), delay: (...wait) => this.live(clock.delay(...wait)) },
      logger: createLogger('warn', (line) => this.lines.push(line)),
      breakStream,
    });
  }

  /** The work as it is seen from within: after a kill it never ends. */
  async live<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    return this.isAlive ? result : new Promise<never>(() => {});
  }

  kill(): void {
    this.isAlive = false;
  }

  /** Asks, and reads the answer to its end. A request lasts 15 minutes at most. */
  async ask(handle: RouteHandler, asking: Asking = {}): Promise<Got> {
    const background = new Background(createLogger('warn', (line) => this.lines.push(line)));
    const startedAt = this.#clock.now();
    const call: Call = {
      requestId: 'request',
      caller: asking.caller ?? { id: 'caller', role: 'user' },
      parameters: asking.parameters ?? {},
      query: asking.query ?? {},
      headers: asking.key === '' ? {} : { 'idempotency-key': asking.key ?? 'one' },
      body: asking.body ?? { prompt: 'hello' },
      background,
      remainingMilliseconds: () => startedAt + 900_000 - this.#clock.now(),
      note: (facts) => this.notes.push(facts),
    };
    const response = await this.live(this.#answer(asking.route ?? route, call, handle));
    const got = await this.#read(response, asking);
    await this.live(background.settled());
    return got;
  }

  async #read({ statusCode: status, headers, body }: HttpResponse, { leaveAfter, onPiece }: Asking): Promise<Got> {
    if (typeof body === 'string') return { status, headers, text: body, pieces: 1 };
    this.#onStream(body);
    let text = '';
    let pieces = 0;
    for await (const piece of body.pieces) {
      await this.live(Promise.resolve());
      text += piece;
      pieces += 1;
      onPiece?.(pieces);
      if (pieces !== leaveAfter) continue;
      body.abandon();
      break;
    }
    return { status, headers, text, pieces };
  }

  #watched(): AnswerTable {
    const table = this.#table;
    const wrote = <T>(attributes: object, write: () => Promise<T>) => {
      this.calls.writes += 1;
      this.calls.bytes += JSON.stringify(attributes).length;
      return this.#sent(write);
    };
    const read = <T>(find: () => Promise<T>) => {
      this.calls.reads += 1;
      return this.#sent(find);
    };
    return {
      get: (...get) => read(() => table.get(...get)),
      part: (...part) => read(() => table.part(...part)),
      put: (...put) => wrote(put[1], () => table.put(...put)),
      update: (...update) => wrote(update[1], () => table.update(...update)),
    };
  }

  /** What is sent before a kill arrives; after it, nothing is sent. */
  #sent<T>(call: () => Promise<T>): Promise<T> {
    return this.isAlive ? this.live(call()) : new Promise<never>(() => {});
  }
}
