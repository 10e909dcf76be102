import type { GatewayError } from '../chat/errors/gateway-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Account, Wait } from './account.ts';
import type { AccountState } from './account-states.ts';
import { type Availability, availabilityOf, roomOf } from './availability.ts';
import {
  PoolChallengedError,
  PoolCoolingError,
  PoolDisabledError,
  PoolEmptyError,
  PoolQuotaError,
  PoolSignedOutError,
} from './no-account-errors.ts';

const busySeconds = 5;

/**
 * Says why none of these accounts serves. What passes by itself comes before what the owner has to do: accounts in use
 * and short waits before a used-up quota, and all three before blocked accounts.
 *
 * @param accounts all that could have been asked; ready ones among them were tried by this request already.
 * @param now epoch milliseconds.
 */
export function explainNoAccount(
  accounts: readonly Account[],
  kind: WorkKind,
  now: number,
  maxInFlight: number,
): GatewayError {
  const found = accounts.map((account) => wholeAvailability(account, kind, now, maxInFlight));
  if (found.some(({ type }) => type === 'ready')) {
    return new PoolCoolingError('Every account that could serve was tried. Try again in a moment.', {
      retryAfterSeconds: 1,
    });
  }
  const waits = found.flatMap((availability) => (availability.type === 'waiting' ? availability.wait : []));
  const busy = found.flatMap((availability) => (availability.type === 'busy' ? availability.until : []));
  if (busy.length > 0) return explainBusy(busy, waits, now);
  if (waits.length > 0) return explainWaits(waits, kind, now);
  return explainBlocked(found.flatMap((availability) => (availability.type === 'blocked' ? availability.state : [])));
}

function wholeAvailability(account: Account, kind: WorkKind, now: number, maxInFlight: number): Availability {
  const availability = availabilityOf(account, kind, now);
  return availability.type === 'ready' ? roomOf(account, maxInFlight, now) : availability;
}

function explainBlocked(blocked: readonly AccountState[]): GatewayError {
  const count = (state: string) => blocked.filter((other) => other === state).length;
  const challenged = count('challenge');
  if (challenged > 0) {
    return new PoolChallengedError(
      `No account can serve: the site asks ${challenged} of ${blocked.length} for a verification. Open ` +
        'https://chat.qwen.ai in your own browser, solve it, and give the account a fresh token: npm run accounts -- relogin.',
    );
  }
  const signedOut = count('invalid');
  if (signedOut > 0) {
    return new PoolSignedOutError(
      `No account can serve: ${signedOut} of ${blocked.length} are signed out. Sign in on https://chat.qwen.ai and ` +
        'give the account a fresh token, or the right password: npm run accounts -- relogin.',
    );
  }
  if (blocked.length > 0) {
    return new PoolDisabledError(
      'No account can serve: all are disabled or draining. See /api/status for the reasons, such as a pending activation.',
    );
  }
  return new PoolEmptyError(
    'The gateway has no account. Add one by QWEN_TOKEN, QWEN_TOKENS or ACCOUNTS, or with npm run accounts -- add.',
  );
}

// When an answer ends can't be known, and asking again is cheap.
function explainBusy(ends: readonly number[], waits: readonly Wait[], now: number): GatewayError {
  const end = Math.min(...ends, ...waits.map((wait) => wait.until));
  const retryAfterSeconds = Math.min(Math.max(1, Math.ceil((end - now) / 1000)), busySeconds);
  return new PoolCoolingError(
    `Every account that could serve is busy. Try again in ${retryAfterSeconds} s, or add an account.`,
    { retryAfterSeconds },
  );
}

function explainWaits(waits: readonly Wait[], kind: WorkKind, now: number): GatewayError {
  const end = Math.min(...waits.map((wait) => wait.until));
  const retryAfterSeconds = Math.max(1, Math.ceil((end - now) / 1000));
  if (waits.some((wait) => wait.cause === 'limit')) {
    const message = `Every account that could serve has reached a short limit for ${kind}. Try again in ${retryAfterSeconds} s.`;
    return new PoolCoolingError(message, { retryAfterSeconds });
  }
  const back = new Date(now + retryAfterSeconds * 1000).toISOString().slice(0, 16);
  return new PoolQuotaError(
    `Every account that could serve has used up its quota for ${kind}. The first is back at ${back}Z. Add an account, or wait.`,
    { retryAfterSeconds },
  );
}
