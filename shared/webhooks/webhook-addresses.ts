import { BlockList, isIP } from 'node:net';
import { isPublicAddress } from '../files/public-address.ts';

/** Decides whether an address may be called. */
export type MayCall = (address: string) => boolean;

/**
 * This machine and private networks: what an owner may have a server in. Not the link-local ranges, where clouds keep the
 * credentials of their machines.
 */
const privateAddresses = new BlockList();
privateAddresses.addSubnet('127.0.0.0', 8, 'ipv4');
privateAddresses.addSubnet('10.0.0.0', 8, 'ipv4');
privateAddresses.addSubnet('172.16.0.0', 12, 'ipv4');
privateAddresses.addSubnet('192.168.0.0', 16, 'ipv4');
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');

export const isPublicOrPrivateAddress: MayCall = (address) => isPublicAddress(address) || isPrivateAddress(address);

function isPrivateAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return privateAddresses.check(address, 'ipv4');
    case 6:
      return privateAddresses.check(address, 'ipv6');
    default:
      return false;
  }
}
