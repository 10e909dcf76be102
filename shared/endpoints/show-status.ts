import type { AccountHealth } from '../accounts/account-health.ts';
import type { AccountPool } from '../accounts/account-pool.ts';
import { isReady } from '../accounts/is-ready.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';

export interface StatusOptions {
  readonly pool: Pick<AccountPool, 'health'>;
  readonly upstreamUrl: string;
  /** Name of a stand-in for the upstream, empty for the real one. */
  readonly upstreamLabel: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * `GET /api/status`: what the gateway knows of its accounts, from its own table. Never asks the upstream, so that a
 * monitor that polls every second costs no account anything. Admins see every account, others only counts.
 */
export function createShowStatus({ pool, upstreamUrl, upstreamLabel, now = Date.now }: StatusOptions): RouteHandler {
  return async ({ caller }) => {
    const accounts = await pool.health();
    const ready = accounts.filter((account) => isReady(account, now())).length;
    return jsonResponse({
      status: accounts.length === 0 ? 'no_accounts' : ready > 0 ? 'ok' : 'unavailable',
      authorized: accounts.some(({ state }) => state === 'ok'),
      upstream: { url: upstreamUrl, simulated: upstreamLabel === 'simulator', label: upstreamLabel || null },
      accounts: caller.role === 'admin' ? accounts.map((account) => describe(account, now())) : undefined,
      counts: { total: accounts.length, ready, ...countStates(accounts) },
    });
  };
}

function countStates(accounts: readonly AccountHealth[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { state } of accounts) counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function describe(account: AccountHealth, now: number): object {
  const { id, label, state, reason, notice, endsAt, waits, tokenExpiresAt, lastUsedAt } = account;
  return {
    id,
    label,
    state: isReady(account, now) || state !== 'ok' ? state : 'wait',
    reason: reason ?? null,
    notice: notice ?? null,
    endsAt: isoTime(endsAt),
    waits: Object.fromEntries(
      Object.entries(waits).map(([kind, wait]) => [kind, { until: isoTime(wait.until), cause: wait.cause }]),
    ),
    tokenExpiresAt: isoTime(tokenExpiresAt),
    lastUsedAt: isoTime(lastUsedAt),
  };
}

function isoTime(epochMilliseconds: number | undefined): string | null {
  return epochMilliseconds === undefined ? null : new Date(epochMilliseconds).toISOString();
}
