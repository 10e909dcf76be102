const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'socks5:']);

/**
 * Reads the URL of an outbound proxy, as `http://host:port`, `https://host:port` or `socks5://user:password@host:port`.
 * A host name behind a socks5 proxy is looked up by the proxy.
 *
 * @throws TypeError telling what is wrong, without repeating the URL: it may hold a password.
 */
export function readProxyUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || url.hostname === '') {
    throw new TypeError('must be a URL such as http://host:port, https://host:port or socks5://host:port');
  }
  if (!schemes.has(url.protocol)) throw new TypeError('must begin with http://, https:// or socks5://');
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new TypeError('must end with its port, without a path, query or fragment');
  }
  return url;
}
