/**
 * Whether an address is one of the upstream's own storage or of its pictures; a stand-in without encryption, which is on
 * this machine, is its own storage.
 *
 * @param origin of the upstream.
 */
export function isUpstreamUrl(url: URL, origin: string): boolean {
  if (url.protocol === 'http:') return url.origin === origin;
  if (url.protocol !== 'https:') return false;
  return url.hostname === 'cdn.qwenlm.ai' || url.hostname.endsWith('.aliyuncs.com');
}
