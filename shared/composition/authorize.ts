import { readCallerTokens } from '../accounts/pass-through/read-caller-tokens.ts';
import { callerIdOf } from '../chat/caller-token.ts';
import { AuthenticationError, PermissionDeniedError } from '../chat/errors/request-errors.ts';
import type { Caller } from '../http/invocation.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Route } from '../routes.ts';

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
  keys: KeyRing,
  { openMode, publicModels, passThrough, now = Date.now }: AuthorizeOptions,
): (presentedKey: string | undefined, access: Route['access']) => Promise<Caller> {
  return async (presentedKey, access) => {
    if (access === 'anyone') return anonymous;
    const key = presentedKey === undefined ? undefined : await keys.find(presentedKey);
    const open = openMode || (publicModels && access === 'setting');
    const caller = key ?? (passThrough ? bringerOf(presentedKey, now()) : undefined) ?? (open ? anonymous : undefined);
    if (caller === undefined) throw unknownKey(presentedKey);
    if (access === 'admin' && caller.role !== 'admin') {
      throw new PermissionDeniedError('This needs an admin key; what was sent is none.');
    }
    return caller;
  };
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
