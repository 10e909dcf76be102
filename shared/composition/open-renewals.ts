import { setTimeout as pauseFor } from 'node:timers/promises';
import { AccountRows } from '../accounts/account-rows.ts';
import { FaultEffects } from '../accounts/fault-effects.ts';
import { type RefreshReport, refreshDue } from '../accounts/refresh-due.ts';
import { Renewals } from '../accounts/renewals.ts';
import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createUpstream } from './create-upstream.ts';
import type { Access } from './open-access.ts';
import { openTokenSources } from './open-token-sources.ts';

/** Renewals of tokens without anybody's request. */
export interface OpenRenewals {
  readonly rows: AccountRows;
  readonly renewals: Renewals;
  /** Renews what ends soon. @param until no renewal begins after this time, in epoch milliseconds. */
  refreshDue(until: number): Promise<RefreshReport>;
}

export type { RefreshReport } from '../accounts/refresh-due.ts';

/** Milliseconds; each renewal of a round waits up to this long of its own. */
const jitter = 1000;

export function openRenewals({ settings, table }: Access, environment: Environment): OpenRenewals {
  const now = Date.now;
  const rows = new AccountRows(table, now);
  const renewals = new Renewals({
    ...openTokenSources(createUpstream(settings)),
    table,
    rows,
    effects: new FaultEffects(rows, now),
    secretBox: openSecretBox(environment),
    now,
  });
  return {
    rows,
    renewals,
    refreshDue: async (until) => {
      const accounts = await rows.list();
      return refreshDue({ accounts, renewals, now, until, pause: () => pauseFor(Math.random() * jitter) });
    },
  };
}
