import type { Account } from '../../accounts/account.ts';
import { healthOf } from '../../accounts/account-health.ts';

/** What stands for a secret that there is: nothing of it, not even its length. */
const mask = '********';

/** An account as the admin API shows it. Secrets are masked; nobody can read them again. */
export function describeAccount(account: Account, now: number): object {
  const { id, label, source, state, reason, notice, endsAt, waits, lastUsedAt } = healthOf(
    account,
    account.lastUsedAt,
    now,
  );
  return {
    object: 'account',
    id,
    label,
    source,
    state: state === 'ok' && waits.chat !== undefined ? 'wait' : state,
    reason: reason ?? null,
    notice: notice ?? null,
    waits: Object.fromEntries(
      Object.entries(waits).map(([kind, { until, cause }]) => [kind, { until: isoTime(until), cause }]),
    ),
    token: account.hasToken ? mask : null,
    password: account.canSignIn ? mask : null,
    refresh_token: account.canRefresh ? mask : null,
    token_expires_at: isoTime(account.tokenExpiresAt),
    ends_at: isoTime(endsAt),
    last_used_at: isoTime(lastUsedAt),
    leased_until: isoTime(leasedUntil(account, now)),
  };
}

/** When the last of its leases ends, unless a function that lives renews it. */
function leasedUntil({ slots }: Account, now: number): number | undefined {
  const until = Math.max(0, ...slots.map((slot) => slot.until));
  return until > now ? until : undefined;
}

function isoTime(epochMilliseconds: number | undefined): string | null {
  return epochMilliseconds === undefined ? null : new Date(epochMilliseconds).toISOString();
}
