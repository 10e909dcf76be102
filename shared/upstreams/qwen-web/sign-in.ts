import { createHash } from 'node:crypto';
import { AccountUnauthorizedError, AccountUnusableError } from '../../chat/errors/account-faults.ts';
import { UpstreamRejectedError } from '../../chat/errors/answer-faults.ts';
import type { Session } from '../../chat/upstream.ts';
import { upstreamHeaders } from './headers.ts';
import { callJsonWithFallback, type JsonAnswer } from './json-call.ts';
import { isRetiredAddress } from './retired-address.ts';
import { readSession } from './session.ts';
import type { Transport } from './transport.ts';

/**
 * Signs an account in (qwen-web §1.1), at the newer address and, where that is gone, at the older one. The password
 * itself is never sent: the site takes its SHA-256.
 *
 * @param proxyUrl the account's own, when it has one.
 * @throws AccountUnusableError when the site does not take the e-mail and password, or wants the account activated.
 * @throws ChallengeError when the site asks for a verification, which is likely after many sign-ins.
 */
export async function signIn(
  transport: Transport,
  email: string,
  password: string,
  signal: AbortSignal,
  proxyUrl?: string,
): Promise<Session> {
  const answer = await sendSignIn(transport, email, password, signal, proxyUrl);
  const session = readSession(answer);
  if (session === undefined) throw badPassword('no_token');
  return session;
}

async function sendSignIn(
  transport: Transport,
  email: string,
  password: string,
  signal: AbortSignal,
  proxyUrl?: string,
): Promise<JsonAnswer> {
  const call = {
    method: 'POST',
    path: '/api/v2/auths/signin',
    headers: upstreamHeaders({ accept: 'application/json' }),
    body: JSON.stringify({ email, password: createHash('sha256').update(password, 'utf8').digest('hex') }),
    signal,
    account: { proxyUrl },
  } as const;
  try {
    const older = { ...call, path: '/api/v1/auths/signin' };
    return await callJsonWithFallback(transport, call, older, isRetiredAddress);
  } catch (error) {
    throw isBadPassword(error) ? badPassword(error.upstreamCode) : error;
  }
}

/** A missing address is refused too, but says so only by its status. */
function isBadPassword(error: unknown): error is AccountUnauthorizedError | UpstreamRejectedError {
  if (error instanceof AccountUnauthorizedError) return true;
  return error instanceof UpstreamRejectedError && !/^http_(?!400)/.test(error.upstreamCode ?? '');
}

function badPassword(upstreamCode: string | undefined): AccountUnusableError {
  return new AccountUnusableError(
    'The site did not take the e-mail and password of this account. Check them, or give the gateway a token instead.',
    upstreamCode === undefined ? {} : { upstreamCode },
  );
}
