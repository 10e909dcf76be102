import { CookieJar } from '../../chat/cookie-jar.ts';
import { AccountUnauthorizedError } from '../../chat/errors/account-faults.ts';
import type { RefreshGrant, Session } from '../../chat/upstream.ts';
import { actualStatus, classifyResponse, type RefusedResponse } from './classify-error.ts';
import { site, upstreamHeaders } from './headers.ts';
import { callJson, type JsonAnswer, tryJson } from './json-call.ts';
import { isRetiredAddress } from './retired-address.ts';
import { readSession } from './session.ts';
import type { Transport } from './transport.ts';

/**
 * Changes a refresh token for a new token (qwen-web §1.3). Which cookie the site goes by is not settled, so it gets all
 * that the account has. Where the address is gone, the older one is asked, which gives a new token for one that has not
 * ended yet.
 *
 * @throws AccountUnauthorizedError when the site does not take it.
 */
export async function refresh(transport: Transport, grant: RefreshGrant, signal: AbortSignal): Promise<Session> {
  const outcome = await tryJson(transport, {
    method: 'GET',
    host: 'auth',
    path: '/api/v2/auths/refresh',
    headers: {
      ...upstreamHeaders({ accept: 'application/json' }),
      cookie: refreshCookies(grant),
      'x-request-origin': site,
    },
    signal,
    account: { proxyUrl: grant.proxyUrl },
  });
  if (!('refused' in outcome)) return sessionOf(outcome);
  const { refused } = outcome;
  if (grant.token === undefined || !isRetiredAddress(refused)) throw classifyResponse(refused);
  const session = sessionOf(await callOlder(transport, { ...grant, token: grant.token }, signal));
  // An address that is not there has not used the refresh token.
  return isMissing(refused) ? { refreshToken: grant.refreshToken, ...session } : session;
}

function callOlder(
  transport: Transport,
  grant: RefreshGrant & { readonly token: string },
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const { token, cookie, proxyUrl } = grant;
  const headers = upstreamHeaders({ credentials: { token, cookie }, accept: 'application/json' });
  return callJson(transport, { method: 'GET', path: '/api/v1/auths/', headers, signal, account: { proxyUrl } });
}

function refreshCookies({ refreshToken, token, cookie }: RefreshGrant): string {
  const jar = new CookieJar(cookie);
  jar.set('refresh_token', refreshToken);
  if (token !== undefined && jar.get('token') === undefined) jar.set('token', token);
  return jar.header;
}

function sessionOf(answer: JsonAnswer): Session {
  const session = readSession(answer);
  if (session !== undefined) return session;
  throw new AccountUnauthorizedError('The upstream gave no token for the refresh token.', { upstreamCode: 'no_token' });
}

function isMissing({ status, headers }: RefusedResponse): boolean {
  const realStatus = actualStatus(status, headers);
  return realStatus === 404 || realStatus === 405;
}
