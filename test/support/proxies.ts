import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SelfSigned } from './self-signed.ts';
import { acceptSocks } from './socks-handshake.ts';

/** An outbound proxy on 127.0.0.1. */
export interface TestProxy {
  readonly port: number;
  /** The targets that tunnels were asked for, as `127.0.0.1:1234`. */
  readonly targets: readonly string[];
  /** The user names and passwords that came, as `user:password`; `''` for none. */
  readonly logins: readonly string[];
  /** The first bytes that went through each tunnel. */
  readonly openings: readonly string[];
  close(): Promise<void>;
}

interface Seen {
  readonly targets: string[];
  readonly logins: string[];
  readonly openings: string[];
}

export interface HttpProxyOptions {
  /** Speaks TLS with its clients. */
  readonly tls?: SelfSigned;
  /** Refuses tunnels with this status. */
  readonly refuse?: number;
}

/** A proxy that makes tunnels by CONNECT. */
export async function startHttpProxy({ tls, refuse }: HttpProxyOptions = {}): Promise<TestProxy> {
  const seen: Seen = { targets: [], logins: [], openings: [] };
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  server.on('connect', (request, client: Duplex) => {
    const login = request.headers['proxy-authorization']?.replace('Basic ', '') ?? '';
    seen.logins.push(Buffer.from(login, 'base64').toString());
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = request.url ?? '';
    join(client, target, seen, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  return listen(server, seen);
}

/** @param login the only one that is taken, as `user:password`; anybody may come when absent. */
export async function startSocksProxy(login?: string): Promise<TestProxy> {
  const seen: Seen = { targets: [], logins: [], openings: [] };
  const server = createServer(async (client) => {
    client.on('error', () => client.destroy());
    const asked = await acceptSocks(client, login).catch(() => undefined);
    if (asked === undefined) {
      client.destroy();
      return;
    }
    seen.logins.push(asked.login);
    join(client, asked.target, seen, () => client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])));
  });
  return listen(server, seen);
}

function join(client: Duplex, target: string, seen: Seen, tellReady: () => void): void {
  seen.targets.push(target);
  const upstream: Socket = connect({ host: '127.0.0.1', port: Number(target.split(':').at(-1)) }, () => {
    tellReady();
    client.once('data', (bytes: Buffer) => seen.openings.push(bytes.toString('latin1')));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  const end = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const side of [client, upstream]) side.on('error', end).on('close', end);
}

async function listen(server: Server, seen: Seen): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    ...seen,
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
