import { createHash } from 'node:crypto';
import { AccountUnauthorizedError, AccountUnusableError } from '../../chat/errors/account-faults.ts';
import { UpstreamRejectedError } from '../../chat/errors/answer-faults.ts';
import { readTokenClaims } from '../../chat/token-claims.ts';
import type { Session } from '../../chat/upstream.ts';
import { upstreamHeaders } from './headers.ts';
import { callJsonWithFallback, type JsonAnswer } from './json-call.ts';
import { numberField, objectField, textField } from './json-fields.ts';
import { isRetiredAddress } from './retired-address.ts';
import type { ResponseHeaders, Transport } from './transport.ts';

/**
 * Signs an account in (qwen-web §1.1), at the newer address and, where that is gone, at the older one. The password
 * itself is never sent: the site takes its SHA-256.
 *
 * @throws AccountUnusableError when the site does not take the e-mail and password, or wants the account activated.
 * @throws ChallengeError when the site asks for a verification, which is likely after many sign-ins.
 */
export async function signIn(
  transport: Transport,
  email: string,
  password: string,
  signal: AbortSignal,
): Promise<Session> {
  const answer = await sendSignIn(transport, email, password, signal);
  const session = readSession(answer);
  if (session === undefined) throw badPassword('no_token');
  return session;
}

async function sendSignIn(
  transport: Transport,
  email: string,
  password: string,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const call = {
    method: 'POST',
    path: '/api/v2/auths/signin',
    headers: upstreamHeaders({ accept: 'application/json' }),
    body: JSON.stringify({ email, password: createHash('sha256').update(password, 'utf8').digest('hex') }),
    signal,
  } as const;
  try {
    return await callJsonWithFallback(transport, call, '/api/v1/auths/signin', isRetiredAddress);
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

function readSession({ body, headers }: JsonAnswer): Session | undefined {
  const data = objectField(body, 'data');
  const token =
    textField(data, 'token') ??
    textField(data, 'access_token') ??
    textField(body, 'token') ??
    cookieValue(headers, 'token');
  if (token === undefined) return undefined;
  const told = numberField(data, 'expires_at') ?? numberField(body, 'expires_at');
  const expiresAt = readTokenClaims(token).expiresAt ?? (told === undefined ? undefined : told * 1000);
  const refreshToken = textField(data, 'refresh_token') ?? cookieValue(headers, 'refresh_token');
  return {
    token,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

function cookieValue(headers: ResponseHeaders, name: string): string | undefined {
  const cookies = [headers['set-cookie'] ?? []].flat();
  const cookie = cookies.find((text) => text.startsWith(`${name}=`));
  return cookie?.slice(name.length + 1).split(';')[0] || undefined;
}
