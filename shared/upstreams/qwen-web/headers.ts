import { randomUUID } from 'node:crypto';
import type { Credentials } from '../../chat/upstream.ts';

/** The site's own address: its front end sends it as origin, whatever stand-in we talk to. */
export const site = 'https://chat.qwen.ai';
/** The web client whose protocol we speak (qwen-web §0); requests without it can be refused (qwen-web §8). */
const webClientVersion = '0.3.12';
/** Who we really are. The package's version; a test keeps the two equal. */
const userAgent = 'qwen-gateway/0.1.0';

/** What one call's headers depend on. */
export interface HeaderContext {
  /** None for calls that need no account. */
  readonly credentials?: Credentials | undefined;
  /** The chat that the site's front end would show while it makes this call. */
  readonly chatId?: string;
  readonly accept: 'application/json' | 'text/event-stream';
}

/**
 * The headers of one call (qwen-web §8). Both the bearer token and the token cookie are sent, because some routes read
 * only one of them (qwen-web §1.5). No fingerprint is made up: what a browser sends beyond this comes only from the
 * owner's own pasted cookie.
 */
export function upstreamHeaders(context: HeaderContext): Record<string, string> {
  const { credentials, chatId, accept } = context;
  const headers: Record<string, string> = {
    accept,
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    origin: site,
    referer: chatId === undefined ? `${site}/` : `${site}/c/${encodeURIComponent(chatId)}`,
    source: 'web',
    timezone: timezone(new Date()),
    'user-agent': userAgent,
    version: webClientVersion,
    'x-request-id': randomUUID(),
  };
  if (credentials !== undefined) {
    headers.authorization = `Bearer ${credentials.token}`;
    headers.cookie = cookieHeader(credentials);
  }
  return headers;
}

/** The owner's cookie as it was pasted; the token is added only when it holds none. */
function cookieHeader({ token, cookie }: Credentials): string {
  if (cookie === undefined || cookie === '') return `token=${token}`;
  return /(?:^|;)\s*token=/.test(cookie) ? cookie : `${cookie}; token=${token}`;
}

/** A JavaScript date text without the zone's name, which may not be ASCII. */
function timezone(now: Date): string {
  return now.toString().replace(/ \(.*$/, '');
}
