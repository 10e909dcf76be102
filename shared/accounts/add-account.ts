import { createHash } from 'node:crypto';
import { CookieJar } from '../chat/cookie-jar.ts';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { readProxyUrl } from '../chat/proxy-url.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Table } from '../store/table.ts';
import { type AccountIdentity, identifyEmail, identifyToken } from './account-identity.ts';
import type { AccountSecret } from './account-secret.ts';
import { type GivenAccount, type StoreOutcome, storeAccount } from './store-account.ts';

/** An account as its owner gives it: by a token, a Cookie header, a refresh token, or e-mail address and password. */
export interface AccountInput {
  readonly token?: string | undefined;
  /** The whole Cookie header of the owner's browser. Without a token of its own, the account gets the header's. */
  readonly cookie?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** http, https or socks5. */
  readonly proxyUrl?: string | undefined;
  /** For the owner's eyes; made up from the identity when absent. */
  readonly label?: string | undefined;
}

export interface AddedAccount {
  readonly id: string;
  readonly outcome: StoreOutcome;
}

/** Characters; the largest Cookie headers seen have 12,000 (qwen-web §8). */
const longestCookie = 16_384;
const longestLabel = 80;

/**
 * Adds an account, or gives a known one what is new: a fresh token or Cookie header puts it back in use.
 *
 * @param source who gives it, as `admin`.
 * @throws InvalidRequestError naming the field that is wrong, without its content.
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function addAccount(
  table: Table,
  secretBox: SecretBox,
  input: AccountInput,
  source: string,
): Promise<AddedAccount> {
  const account = readAccountInput(input);
  return { id: account.id, outcome: await storeAccount(account, table, secretBox, source) };
}

/** Checks an account as its owner gives it. @throws InvalidRequestError as `addAccount` does. */
export function readAccountInput(input: AccountInput): GivenAccount {
  const { email, password, proxyUrl, label } = input;
  const cookie = readCookie(input.cookie);
  const jar = new CookieJar(cookie);
  const token = readWord('token', stripToken(input.token)) ?? (jar.get('token') || undefined);
  const refreshToken = readWord('refreshToken', input.refreshToken) ?? (jar.get('refresh_token') || undefined);
  const secret = {
    ...(token !== undefined && { token }),
    ...(cookie !== undefined && { cookie }),
    ...readEmailAndPassword(email, password),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(proxyUrl !== undefined && { proxyUrl: checkProxyUrl(proxyUrl) }),
  };
  const identity = identify(secret);
  return {
    id: identity.id,
    label: label === undefined ? identity.label : readLabel(label),
    secret: { ...secret, imported: fingerprint(secret) },
  };
}

// Of an account with both, the address is the surer name: tokens of unknown form name nobody.
function identify({ email, token, refreshToken }: AccountSecret): AccountIdentity {
  if (email !== undefined) return identifyEmail(email);
  const word = token ?? refreshToken;
  if (word !== undefined) return identifyToken(word);
  throw wrong(
    'token',
    'An account needs a token, a Cookie header that holds one, a refresh token, or email and password.',
  );
}

// People copy the value with the quotes of the browser's storage view, or with the header's first word.
function stripToken(token: string | undefined): string | undefined {
  return token
    ?.trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/^Bearer\s+/i, '');
}

function readWord(name: 'token' | 'refreshToken', value: string | undefined): string | undefined {
  if (value === undefined || /^[\x21-\x3a\x3c-\x7e]{16,8192}$/.test(value)) return value;
  throw wrong(name, `${name} must be one word of at least 16 characters.`);
}

function readCookie(value: string | undefined): string | undefined {
  const cookie = value?.trim().replace(/^cookie:\s*/i, '');
  if (cookie === undefined) return undefined;
  if (cookie.length <= longestCookie && /^[\x20-\x7e]+$/.test(cookie) && cookie.includes('=')) return cookie;
  throw wrong('cookie', `cookie must be the browser's Cookie header: one line of name=value pairs.`);
}

function readEmailAndPassword(
  email: string | undefined,
  password: string | undefined,
): Pick<AccountSecret, 'email' | 'password'> {
  if (email === undefined && password === undefined) return {};
  const address = email?.trim() ?? '';
  if (!/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(address)) throw wrong('email', 'email must be an e-mail address.');
  if (password === undefined || password === '') throw wrong('password', 'password is missing.');
  return { email: address, password };
}

function checkProxyUrl(proxyUrl: string): string {
  try {
    return readProxyUrl(proxyUrl).href;
  } catch (cause) {
    throw wrong('proxyUrl', `proxyUrl ${cause instanceof TypeError ? cause.message : 'is not a URL'}.`);
  }
}

function readLabel(label: string): string {
  if (label.trim() !== '' && label.length <= longestLabel) return label.trim();
  throw wrong('label', `label must have from 1 to ${longestLabel} characters.`);
}

function wrong(param: string, message: string): InvalidRequestError {
  return new InvalidRequestError(message, { param });
}

function fingerprint(secret: AccountSecret): string {
  return createHash('sha256').update(JSON.stringify(secret)).digest('hex');
}
