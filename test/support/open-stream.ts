import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

/** A streamed answer that is read step by step. */
export class OpenStream {
  readonly #response: Response;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #body = '';

  /** @throws Error when the answer is no stream. */
  constructor(response: Response) {
    if (response.body === null) throw new Error('The answer has no body.');
    this.#response = response;
    this.#chunks = response.body[Symbol.asyncIterator]();
  }

  /** What has been read so far, without an event that is still incomplete. */
  get events(): readonly ServerSentEvent[] {
    return readServerSentEvents(this.#body.slice(0, this.#body.lastIndexOf('\n\n') + 2));
  }

  /** Reads on until the condition holds. @throws Error when the stream ends before. */
  async until(holds: (events: readonly ServerSentEvent[]) => boolean): Promise<void> {
    while (!holds(this.events)) {
      if (!(await this.#read())) throw new Error(`The stream has ended: ${this.#body}`);
    }
  }

  /** Reads to the end. @returns the whole answer, to be read once more. */
  async end(): Promise<Response> {
    while (await this.#read());
    const { status, headers } = this.#response;
    return new Response(this.#body, { status, headers });
  }

  async #read(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#body += this.#decoder.decode(next.value, { stream: true });
    return true;
  }
}
