import { createServer, type Server } from 'node:http';
import OpenAI from 'openai';
import type { AnswerIdentity, ChatDialect, ReadRequest } from '../../../shared/chat/dialect.ts';
import type { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import { shapeEvents } from '../../../shared/chat/shaping/shape-events.ts';
import { plainContext } from '../../support/request-context.ts';
import type { RecordedAnswer } from './recorded-answers.ts';

export const identity: AnswerIdentity = {
  id: '1',
  createdAt: 1_795_000_000,
  model: 'Qwen3.7-Plus',
  requestId: 'request-1',
};

/** What the server answers each request with. */
export interface ServedAnswer {
  readonly answer: RecordedAnswer;
  /** Breaks the answer off after its last batch. */
  readonly failure?: GatewayError;
  /** Puts the dialect's empty event before each batch. */
  readonly idle?: boolean;
}

/** A server that reads and writes with a dialect, and the official SDK pointed at it. */
export class AnswerServer {
  readonly #server: Server;
  readonly client: OpenAI;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'x', maxRetries: 0 });
  }

  static async start(dialect: ChatDialect, served: ServedAnswer): Promise<AnswerServer> {
    const server = createServer(async (request, response) => {
      const body: Buffer[] = [];
      for await (const piece of request) body.push(piece);
      const read = dialect.read(JSON.parse(Buffer.concat(body).toString()), plainContext);
      const events = shapeEvents(batches(served.answer), read.request);
      if (read.stream) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const piece of await streamPieces(read, events, served)) response.write(piece);
        response.end();
        return;
      }
      const writer = read.wholeWriter(identity);
      for await (const batch of events) writer.write(batch);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(writer.body()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new AnswerServer(server, address.port);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export async function* batches(answer: RecordedAnswer): ChatEvents & AsyncGenerator<readonly ChatEvent[]> {
  yield* answer;
}

/** Everything a stream writer gives for an answer, call by call. */
export async function streamPieces(
  read: Pick<ReadRequest, 'streamWriter'>,
  events: ChatEvents,
  { failure, idle = false }: Omit<ServedAnswer, 'answer'> = {},
): Promise<readonly string[]> {
  const writer = read.streamWriter(identity);
  const pieces = [writer.open()];
  for await (const batch of events) {
    if (idle) pieces.push(writer.idle());
    pieces.push(writer.write(batch));
  }
  pieces.push(failure === undefined ? writer.close() : writer.fail(failure));
  return pieces;
}

/** The JSON documents of a stream, `[DONE]` as that string. */
export function records(stream: string): readonly unknown[] {
  return stream
    .split('\n\n')
    .filter((record) => record !== '')
    .map((record) => {
      if (!record.startsWith('data: ') || record.includes('\n')) throw new Error(`not one data line: ${record}`);
      const data = record.slice('data: '.length);
      return data === '[DONE]' ? data : JSON.parse(data);
    });
}
