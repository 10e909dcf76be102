import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { listenOnLoopback } from '../../local/store/listen-on-loopback.ts';

/** An address that stays, in front of a server that may come back at another one. */
export interface MovingDoor {
  readonly url: string;
  /** Where new connections go: nowhere at first. Those that are open stay where they are. */
  leadTo(url: string | undefined): void;
  close(): Promise<void>;
}

/** Opens the door. A connection that leads nowhere is broken off, as if nobody answered. */
export async function openMovingDoor(): Promise<MovingDoor> {
  const open = new Set<Socket>();
  let port: number | undefined;
  const server = createServer((client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    if (port === undefined) return void client.destroy();
    const target = connect(port, '127.0.0.1');
    pipeline(client, target, () => target.destroy());
    pipeline(target, client, () => client.destroy());
  });
  const ownPort = await listenOnLoopback(server, 0);
  return {
    url: `http://127.0.0.1:${ownPort}`,
    leadTo(url) {
      port = url === undefined ? undefined : Number(new URL(url).port);
    },
    async close() {
      for (const client of open) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
