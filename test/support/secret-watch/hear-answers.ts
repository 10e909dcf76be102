import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** Node tells here of every connection that a server of this process takes. */
const channel = 'net.server.socket';

/**
 * Listens to all that a server of this process sends, head and body, whoever the client is.
 *
 * @param port the server's.
 * @param hear gets all bytes of one connection once it is closed.
 * @returns ends the listening; connections that are open then are heard at once.
 */
export function hearAnswers(port: number, hear: (bytes: Buffer) => void): () => void {
  const open = new Set<() => void>();
  const onSocket = (message: unknown) => {
    const socket = socketOf(message);
    if (socket?.localPort !== port) return;
    const sent: Buffer[] = [];
    const tell = () => {
      if (open.delete(tell)) hear(Buffer.concat(sent));
    };
    open.add(tell);
    hearWrites(socket, (bytes) => sent.push(bytes));
    socket.once('close', tell);
  };
  subscribe(channel, onSocket);
  return () => {
    unsubscribe(channel, onSocket);
    for (const tell of [...open]) tell();
  };
}

function socketOf(message: unknown): Socket | undefined {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return undefined;
  return message.socket instanceof Socket ? message.socket : undefined;
}

function hearWrites(socket: Socket, hear: (bytes: Buffer) => void): void {
  socket.write = new Proxy(socket.write, {
    apply(write, self, parameters) {
      const [chunk, encoding]: unknown[] = parameters;
      if (typeof chunk === 'string') hear(Buffer.from(chunk, encodingOf(encoding)));
      else if (chunk instanceof Uint8Array) hear(Buffer.from(chunk));
      return Reflect.apply(write, self, parameters);
    },
  });
}

function encodingOf(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
}
