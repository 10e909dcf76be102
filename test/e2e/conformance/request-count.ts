import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { at } from './wire/at.ts';

const channel = 'undici:request:create';

/**
 * Counts the requests that clients of this process send to one origin while something is done. Nothing is put between
 * client and gateway: Node tells of every request that its own `fetch` begins.
 */
export async function countRequests(origin: string, act: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const listen = (message: unknown) => {
    if (at(message, 'request', 'origin') === origin) count += 1;
  };
  subscribe(channel, listen);
  try {
    await act();
  } finally {
    unsubscribe(channel, listen);
  }
  return count;
}
