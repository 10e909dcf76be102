import type { AccountHealth } from './account-health.ts';

/** @returns whether the account would take a chat now. @param now epoch milliseconds. */
export function isReady({ state, waits }: AccountHealth, now: number): boolean {
  return state === 'ok' && (waits.chat?.until ?? 0) <= now;
}
