import type { Socket } from 'node:net';

/** What a client asked of a SOCKS5 server (RFC 1928, RFC 1929). */
export interface SocksRequest {
  /** As `host:port`. */
  readonly target: string;
  /** As `user:password`; `''` for none. */
  readonly login: string;
}

/**
 * The server's part of the handshake, up to the answer that tells of the connection.
 *
 * @param login the only one that is taken; none is asked for when absent.
 * @throws Error when the client may not come in, or asks for something else than a connection.
 */
export async function acceptSocks(client: Socket, login: string | undefined): Promise<SocksRequest> {
  const [, methodCount = 0] = await take(client, 2);
  const methods = await take(client, methodCount);
  const method = login === undefined ? 0 : 2;
  client.write(Buffer.from([5, methods.includes(method) ? method : 0xff]));
  const given = login === undefined ? '' : await readLogin(client);
  if (login !== undefined) client.write(Buffer.from([1, given === login ? 0 : 1]));
  if (given !== (login ?? '')) throw new Error('a wrong login');
  const [, command, , addressType] = await take(client, 4);
  if (command !== 1) throw new Error('not a connect');
  const host = addressType === 3 ? (await takeField(client)).toString() : [...(await take(client, 4))].join('.');
  const port = (await take(client, 2)).readUInt16BE();
  return { target: `${host}:${port}`, login: given };
}

async function readLogin(client: Socket): Promise<string> {
  await take(client, 1);
  const user = await takeField(client);
  return `${user}:${await takeField(client)}`;
}

async function takeField(client: Socket): Promise<Buffer> {
  const [length = 0] = await take(client, 1);
  return take(client, length);
}

/** The next bytes, exactly so many. */
async function take(client: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = length === 0 ? Buffer.alloc(0) : client.read(length);
    if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
    if (client.readableEnded || client.destroyed) throw new Error('the client left');
    await new Promise((resolve) => {
      client.once('readable', resolve);
      client.once('close', resolve);
    });
  }
}
