import type { IncomingHttpHeaders } from 'node:http';
import type { Account, AccountBook } from './account-book.ts';

/** Who sent a request, and whether a token of theirs is good. */
export interface Sender {
  readonly account: Account;
  readonly valid: boolean;
}

/**
 * Reads the bearer token, then the cookie named `token`: the upstream takes either (qwen-web §1.5).
 *
 * @returns the first good one, else the owner of a bad one, else `undefined`.
 */
export function identifySender(headers: IncomingHttpHeaders, accounts: AccountBook): Sender | undefined {
  let sender: Sender | undefined;
  for (const token of [bearerToken(headers.authorization), cookieValue(headers.cookie, 'token')]) {
    const found = token === undefined ? undefined : accounts.identify(token);
    if (found?.valid === true) {
      return found;
    }
    sender ??= found;
  }
  return sender;
}

/** One cookie of a Cookie header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) {
      return value.join('=');
    }
  }
  return undefined;
}

function bearerToken(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length).trim() : undefined;
}
