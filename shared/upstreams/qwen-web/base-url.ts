/** Where the upstream listens, in the parts that a call needs. */
export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The same of the host that knows users and tokens. */
  readonly authOrigin: string;
  /** What stands before every path; `''` or a path without a slash at its end. */
  readonly pathPrefix: string;
}

/** The site has a host of its own for tokens since about September 2026 (qwen-web §1); stand-ins have one for all. */
const authOrigins: ReadonlyMap<string, string> = new Map([['https://chat.qwen.ai', 'https://auth.qwen.ai']]);

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the upstream's base URL. Accounts' tokens travel over it, so plain http is taken for this machine only.
 *
 * @throws TypeError telling what is wrong, without repeating the URL: it may hold a password.
 */
export function readBaseUrl(text: string): BaseUrl {
  const url = URL.parse(text);
  if (url === null) throw new TypeError('The upstream base URL is not a URL; write one as https://chat.qwen.ai.');
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('The upstream base URL must not hold a user name or password.');
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname));
  if (!isSafe) {
    throw new TypeError('The upstream base URL must be https; plain http is taken for loopback addresses only.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TypeError('The upstream base URL must end with its path, without a query or fragment.');
  }
  const { origin } = url;
  return { origin, authOrigin: authOrigins.get(origin) ?? origin, pathPrefix: url.pathname.replace(/\/+$/, '') };
}
