import { createServer, type Server } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import { shapeEvents } from '../../../../shared/chat/shaping/shape-events.ts';
import { createAnthropic } from '../../../../shared/dialects/anthropic/anthropic.ts';
import { plainContext } from '../../../support/request-context.ts';
import { batches, identity, type ServedAnswer, streamPieces } from '../answer-server.ts';

/** A server that reads and writes with the dialect, and the official SDK pointed at it. */
export class MessageServer {
  readonly #server: Server;
  readonly client: Anthropic;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.client = new Anthropic({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'x', maxRetries: 0 });
  }

  static async start(served: ServedAnswer): Promise<MessageServer> {
    const dialect = createAnthropic({ outputThinking: true, searchInfoMode: 'annotations' });
    const server = createServer(async (request, response) => {
      const body: Buffer[] = [];
      for await (const piece of request) body.push(piece);
      const read = dialect.read(JSON.parse(Buffer.concat(body).toString()), plainContext);
      const events = shapeEvents(batches(served.answer), read.request);
      response.writeHead(200, { 'content-type': read.stream ? 'text/event-stream' : 'application/json' });
      if (read.stream) {
        for (const piece of await streamPieces(read, events, served)) response.write(piece);
        response.end();
        return;
      }
      const writer = read.wholeWriter(identity);
      for await (const batch of events) writer.write(batch);
      response.end(JSON.stringify(writer.body()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new MessageServer(server, address.port);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
