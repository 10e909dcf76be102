import type { Server } from 'node:http';

/**
 * Listens on a free loopback port, tells the process that started this one where, and ends with it.
 *
 * @param server of a program that `startProgram` runs.
 */
export function announce(server: Server): void {
  // A benchmark's connections are many and short of time; none may be closed while it runs.
  server.keepAliveTimeout = 300_000;
  process.once('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
    process.send?.({ url: `http://127.0.0.1:${address.port}` });
  });
}
