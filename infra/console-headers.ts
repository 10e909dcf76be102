/** Seconds in the longest time that caches keep anything. */
const yearSeconds = 31_536_000;

/** Names under `/assets/` hold a hash of their content, so what has one name never changes; all else is asked for anew. */
export const cacheControl = { hashed: `public, max-age=${yearSeconds}, immutable`, other: 'no-cache' } as const;

/** Everything that is in `dist/console`, as patterns of CloudFront: `*` stands for any text, slashes too. */
export const consolePatterns = ['/', '/assets/*', '/api-docs*', '/openapi.json'] as const;

/** Types of the console's files, by the ends of their names. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  // Licences.
  '': 'text/plain; charset=utf-8',
};

/**
 * What the console's pages may do in a browser: nothing but speak with the origin that they came from, and show pictures
 * and films of others.
 *
 * @param storage origin of stored results where it is not `https:`, as on a laptop.
 */
export function contentSecurityPolicy(storage?: string): string {
  const others = storage === undefined ? 'https:' : `https: ${storage}`;
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: ${others}`,
    `media-src 'self' blob: ${others}`,
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join('; ');
}
