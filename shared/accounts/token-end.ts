import type { Account } from './account.ts';
import { canRenew } from './availability.ts';

/** When the account ends by itself, in epoch milliseconds; `undefined` when its token can be renewed, or doesn't tell. */
export function endOf(account: Account): number | undefined {
  return canRenew(account) ? undefined : account.tokenExpiresAt;
}

/** What its owner should know of an account that serves, but not for ever. */
export function endNotice(account: Account): string | undefined {
  if (canRenew(account) || !account.hasToken) return undefined;
  const { tokenExpiresAt } = account;
  const when = tokenExpiresAt === undefined ? 'at a time that it does not tell' : `on ${minuteOf(tokenExpiresAt)}`;
  return `its token ends ${when} and can't be renewed; by then, give a fresh one, or e-mail address and password`;
}

function minuteOf(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
