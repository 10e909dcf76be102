import { BlockList, isIP } from 'node:net';

type Range = readonly [network: string, prefix: number];

/** Everything but the public internet (IANA's registry of special addresses), and Azure's host of its machines. */
const refusedIpv4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);

/** Of IPv6 only this is handed out. Mapped addresses, NAT64, private, link-local and multicast ones lie outside. */
const handedOutIpv6 = listOf('ipv6', [['2000::', 3]]);
/** Tunnels, which may end anywhere, and ranges for protocols and documentation. */
const refusedIpv6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** Whether an address is one of the public internet; anything that is no address is not. */
export function isPublicAddress(text: string): boolean {
  const address = text.replace(/%.*$/, '');
  switch (isIP(address)) {
    case 4:
      return !refusedIpv4.check(address, 'ipv4');
    case 6:
      return handedOutIpv6.check(address, 'ipv6') && !refusedIpv6.check(address, 'ipv6');
    default:
      return false;
  }
}

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
