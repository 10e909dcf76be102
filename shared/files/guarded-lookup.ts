import { type LookupAddress, promises } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Finds the addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The host is none that the gateway may call: its address lies in a private network, or on this machine. */
export class RefusedAddressError extends Error {}

export const systemResolve: Resolve = (hostname) => promises.lookup(hostname, { all: true });

/**
 * The look-up of connections to hosts that somebody else has named. The addresses that it has checked are the ones that
 * are connected to, so a name that changes its address between two questions gains nothing.
 *
 * @param mayCall decides about one address; one that is refused refuses the name.
 */
export function guardedLookup(resolve: Resolve, mayCall: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => mayCall(address))) {
          callback(new RefusedAddressError(), '');
        } else if (options.all === true) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
