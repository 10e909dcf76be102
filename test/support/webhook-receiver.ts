import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { TestGateway } from './gateway.ts';

/** One request that a receiver got. */
export interface ReceivedEvent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  /** Oldest first. */
  readonly received: readonly ReceivedEvent[];
  /** The statuses of the next answers; 200 when there are none. */
  readonly statuses: number[];
  /** Called with each request before it is answered. */
  onRequest: () => Promise<unknown>;
  /** Resolves when so many requests have come to a path. */
  whenReceived(path: string, count: number): Promise<readonly ReceivedEvent[]>;
  close(): void;
}

/** A server of an owner, on a free port of this machine. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedEvent[] = [];
  const arrivals = new EventEmitter<{ arrival: [] }>().setMaxListeners(100);
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    received.push({ path: request.url ?? '', headers, body: await text(request) });
    arrivals.emit('arrival');
    await receiver.onRequest();
    response.writeHead(receiver.statuses.shift() ?? 200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    received,
    statuses: [],
    onRequest: async () => {},
    async whenReceived(path, count) {
      for (;;) {
        const those = received.filter((event) => event.path === path);
        if (those.length >= count) return those;
        await once(arrivals, 'arrival');
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

const form = z.object({
  status: z.string(),
  webhook: z.object({
    status: z.string(),
    tries: z.number(),
    delivered_at: z.nullable(z.number()),
    error: z.nullable(z.string()),
  }),
});

/** Asks for a video until its end was told, or is not told any more. */
export async function whenWebhookOver({ request }: Pick<TestGateway, 'request'>, id: string) {
  for (;;) {
    const answer = await request('GET', `/v1/videos/${id}`).catch(() => undefined);
    if (answer?.status === 200) {
      const { status, webhook } = form.parse(await answer.json());
      if (webhook.status !== 'pending') return { status, webhook };
    }
    await delay(100);
  }
}
