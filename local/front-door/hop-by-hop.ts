/** Headers that speak of one connection only (RFC 9110 §7.6.1): neither a function nor a client gets the other side's. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** @param name in lower case. */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name);
}
