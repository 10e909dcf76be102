import type { ChatLists } from '../../chats/chat-lists.ts';
import type { DailyClaims } from '../sweep/daily-claims.ts';
import { beginCleanup, type CleanupStart } from './begin-cleanup.ts';
import { type CleanupFilters, chooseChats, hasFilter } from './cleanup-filters.ts';

export interface ScheduledCleanupOptions extends CleanupStart {
  readonly lists: ChatLists;
  readonly claims: DailyClaims;
  /** Of every key on its own. */
  readonly filters: CleanupFilters;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * Begins a clean-up of each key's chats, once a day, when the settings give filters.
 *
 * @returns how many were begun.
 * @throws StoreUnavailableError
 */
export async function scheduleCleanups(options: ScheduledCleanupOptions): Promise<number> {
  const { lists, claims, filters, now = Date.now } = options;
  if (!hasFilter(filters)) return 0;
  let begun = 0;
  for (const owner of await lists.owners()) {
    if (!(await claims.claim(`cleanup#${owner}`))) continue;
    const chosen = chooseChats(await lists.all([owner]), filters, now());
    if (chosen.length === 0) continue;
    await beginCleanup(options, owner, chosen);
    begun += 1;
  }
  return begun;
}
