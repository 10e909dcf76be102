import { readCallerTokens } from '../accounts/pass-through/read-caller-tokens.ts';
import { callerIdOf } from '../chat/caller-token.ts';
import {
  AuthenticationError,
  KeyExpiredError,
  PermissionDeniedError,
  SessionExpiredError,
} from '../chat/errors/request-errors.ts';
import { isSessionToken } from '../chat/session-token.ts';
import type { Caller } from '../http/invocation.ts';
import type { Authorize } from '../http/middlewares/authenticate.ts';
import { requireGroup } from '../http/require-group.ts';
import type { GatewayKey } from '../keys/gateway-key.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { groupOf } from '../routes/route-groups.ts';

export interface AuthorizeOptions {
  /** Callers without a known key get the rights of a user key. */
  readonly openMode: boolean;
  /** Routes with access `setting` need no key. */
  readonly publicModels: boolean;
  /** Who has no key may bring tokens of their own, and gets the rights of a user key. */
  readonly passThrough: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const anonymous: Caller = { id: 'anonymous', role: 'user' };

/** Makes the check of who may call which route. Closed unless a setting opens it. */
export function createAuthorize(
  keys: Pick<KeyRing, 'find'>,
  { openMode, publicModels, passThrough, now = Date.now }: AuthorizeOptions,
): Authorize {
  return async (presentedKey, route) => {
    const { access } = route;
    if (access === 'anyone') return anonymous;
    const key = presentedKey === undefined ? undefined : await keys.find(presentedKey);
    if (key === undefined && presentedKey !== undefined && isSessionToken(presentedKey))
      throw new SessionExpiredError();
    const open = openMode || (publicModels && access === 'setting');
    const caller =
      (key && callerOf(key, now())) ??
      (passThrough ? bringerOf(presentedKey, now()) : undefined) ??
      (open ? anonymous : undefined);
    if (caller === undefined) throw unknownKey(presentedKey);
    if (access === 'admin' && caller.role !== 'admin') {
      throw new PermissionDeniedError('This needs an admin key; what was sent is none.');
    }
    const group = groupOf(route);
    if (group !== undefined) requireGroup(caller, group);
    return caller;
  };
}

/**
 * Makes the check of whoever has ordered what is done without them: their key must still be good for chats.
 *
 * @returns throws AuthenticationError, KeyExpiredError, PermissionDeniedError, StoreUnavailableError
 */
export function createReauthorize(
  keys: Pick<KeyRing, 'findById'>,
  now: () => number = Date.now,
): (callerId: string) => Promise<Caller> {
  return async (callerId) => {
    if (callerId === anonymous.id) return anonymous;
    const key = await keys.findById(callerId);
    if (key === undefined) throw new AuthenticationError('The key that has asked for this is gone.');
    const caller = callerOf(key, now());
    requireGroup(caller, 'chat');
    return { ...caller, role: 'user' };
  };
}

/** A key whose time is over is told so, also where no key is needed: its holder believes to be known. */
function callerOf({ name: _, expiresAt, session, ...caller }: GatewayKey, now: number): Caller {
  if (expiresAt !== undefined && expiresAt <= now) throw session ? new SessionExpiredError() : new KeyExpiredError();
  return caller;
}

function bringerOf(presentedKey: string | undefined, now: number): Caller | undefined {
  const tokens = presentedKey === undefined ? undefined : readCallerTokens(presentedKey, now);
  return tokens === undefined ? undefined : { id: callerIdOf(tokens), role: 'user', tokens };
}

function unknownKey(presentedKey: string | undefined): AuthenticationError {
  return presentedKey === undefined
    ? new AuthenticationError(
        'No key was sent. Send a gateway key as Authorization: Bearer, x-api-key or x-goog-api-key.',
      )
    : new AuthenticationError('The gateway does not know this key. Check it, or ask the owner for one.');
}
