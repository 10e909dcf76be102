import { type AccountHealth, healthOf } from '../accounts/account-health.ts';
import { AccountRows } from '../accounts/account-rows.ts';
import type { Access } from './open-access.ts';

/** The accounts' health as the table has it, without the pool's means to use them: no secret is ever opened. */
export function openAccountHealth({ table }: Access): { health(): Promise<readonly AccountHealth[]> } {
  const rows = new AccountRows(table, Date.now);
  return {
    health: async () => {
      const accounts = await rows.snapshot();
      return accounts.map((account) => healthOf(account, account.lastUsedAt, Date.now()));
    },
  };
}
