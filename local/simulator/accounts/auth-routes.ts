import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { textField } from '../json-value.ts';
import type { SimulatorState } from '../state.ts';
import type { Account } from './account-book.ts';
import { cookieValue, identifySender } from './credentials.ts';

const sha256Form = /^[0-9a-f]{64}$/;
const permissions = {
  workspace: { models: false, knowledge: false, prompts: false, tools: false },
  chat: { file_upload: true, delete: true, edit: true, temporary: true },
};

/** Sign-in, refresh and the questions about a token (qwen-web §1). */
export const authRoutes: readonly SimulatorRoute[] = [
  { method: 'POST', path: '/api/v2/auths/signin', kind: 'sign-in', access: 'open', handle: signInV2 },
  { method: 'POST', path: '/api/v1/auths/signin', kind: 'sign-in', access: 'open', handle: signInV1 },
  { method: 'GET', path: '/api/v2/auths/refresh', kind: 'refresh', access: 'open', handle: refreshByCookie },
  { method: 'POST', path: '/api/v2/auths/refresh', kind: 'refresh', access: 'open', handle: refreshByBody },
  { method: 'GET', path: '/api/v1/auths', kind: 'auth-check', access: 'account', handle: describeV1 },
  { method: 'GET', path: '/api/v2/auths', kind: 'auth-check', access: 'open', handle: describeV2 },
];

function signInV2(exchange: Exchange, state: SimulatorState): void {
  const account = checkPassword(exchange, state);
  if (account === undefined) {
    return;
  }
  const refreshToken = state.accounts.issueRefreshToken(account);
  const { token, expiresAt } = state.accounts.issue(account, account.signInWith);
  const headers = { 'set-cookie': cookies(token, refreshToken) };
  if (account.signInWith === 'access') {
    exchange.sendSuccess({ access_token: token, expires_at: expiresAt, refresh_token: refreshToken }, headers);
  } else {
    exchange.sendSuccess({ ...userFields(account), token, token_type: 'Bearer', expires_at: expiresAt }, headers);
  }
}

function signInV1(exchange: Exchange, state: SimulatorState): void {
  const account = checkPassword(exchange, state);
  if (account !== undefined) {
    sendFlatUser(exchange, account, state);
  }
}

/** @returns the account, or nothing once the refusal is sent. */
function checkPassword(exchange: Exchange, state: SimulatorState): Account | undefined {
  const email = textField(exchange.body, 'email') ?? '';
  const password = textField(exchange.body, 'password') ?? '';
  if (!sha256Form.test(password)) {
    state.violations.push({ kind: 'plain-password', account: email, detail: 'password is not a hex SHA-256' });
  }
  const account = state.accounts.find(email);
  if (account === undefined || account.passwordHash !== password) {
    exchange.sendError('bad-password');
    return undefined;
  }
  return account;
}

function refreshByCookie(exchange: Exchange, state: SimulatorState): void {
  const refreshToken = cookieValue(exchange.request.headers.cookie, 'refresh_token');
  const account = refreshToken === undefined ? sessionOwner(exchange, state) : redeem(refreshToken, exchange, state);
  if (account === undefined) {
    exchange.sendError('unauthorized-lower-200');
    return;
  }
  const { token, expiresAt } = state.accounts.issue(account, 'access');
  const next = state.accounts.issueRefreshToken(account);
  exchange.sendSuccess(
    { access_token: token, expires_at: expiresAt, refresh_token: next },
    { 'set-cookie': [refreshCookie(next)] },
  );
}

function refreshByBody(exchange: Exchange, state: SimulatorState): void {
  const account = redeem(textField(exchange.body, 'refresh_token') ?? '', exchange, state);
  if (account === undefined) {
    exchange.sendError('unauthorized-lower-200');
    return;
  }
  const { token } = state.accounts.issue(account, 'session');
  exchange.sendSuccess({ token, refresh_token: state.accounts.issueRefreshToken(account) });
}

function redeem(refreshToken: string, exchange: Exchange, state: SimulatorState): Account | undefined {
  const redeemed = state.accounts.redeem(refreshToken);
  if (redeemed === 'reused') {
    state.violations.push({ kind: 'refresh-token-reused', detail: exchange.path });
    return undefined;
  }
  return redeemed;
}

function sessionOwner(exchange: Exchange, state: SimulatorState): Account | undefined {
  const sender = identifySender(exchange.request.headers, state.accounts);
  return sender?.valid === true ? sender.account : undefined;
}

function describeV1(exchange: Exchange, account: Account, state: SimulatorState): void {
  sendFlatUser(exchange, account, state);
}

/** No token at all is a guest, whose user has no id. */
function describeV2(exchange: Exchange, state: SimulatorState): void {
  const sender = identifySender(exchange.request.headers, state.accounts);
  if (sender?.valid === false) {
    exchange.sendError('unauthorized-200');
    return;
  }
  exchange.sendSuccess(sender === undefined ? {} : userFields(sender.account));
}

function sendFlatUser(exchange: Exchange, account: Account, state: SimulatorState): void {
  const { token, expiresAt } = state.accounts.issue(account, 'session');
  exchange.sendJson({
    ...userFields(account),
    profile_image_url: '/static/user.png',
    token,
    token_type: 'Bearer',
    expires_at: expiresAt,
    permissions,
  });
}

function userFields(account: Account): { id: string; email: string; name: string; role: string } {
  return { id: account.id, email: account.email, name: account.name, role: 'user' };
}

function cookies(token: string, refreshToken: string): string[] {
  return [
    `token=${token}; Path=/; Domain=chat.qwen.ai; Secure; SameSite=Lax`,
    refreshCookie(refreshToken),
    'acw_tc=TEST_ACW; Path=/; HttpOnly; Max-Age=1800',
    'x-ap=ap-southeast-1; Path=/; HttpOnly; Secure',
  ];
}

function refreshCookie(refreshToken: string): string {
  return `refresh_token=${refreshToken}; Path=/; Domain=.qwen.ai; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax`;
}
