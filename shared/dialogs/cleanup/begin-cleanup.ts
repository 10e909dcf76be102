import { randomBytes } from 'node:crypto';
import type { StartExecution } from '../../runs/start-execution.ts';
import type { Chosen } from './cleanup-filters.ts';
import type { CleanupRows } from './cleanup-rows.ts';

/** How many chats one run takes: what a run of the state machine can do within its history. */
export const mostChats = 1000;
/** Chats at once; each goes by its own account. */
const maxConcurrency = 3;
/** Why chats failed that no step has come to. */
export const neverTried = 'not_tried';

export interface CleanupStart {
  readonly rows: CleanupRows;
  readonly startRun: StartExecution;
}

/** Begins a run that deletes chats. @returns its id. @throws StoreUnavailableError, ConfigurationError */
export async function beginCleanup(
  { rows, startRun }: CleanupStart,
  callerId: string,
  chosen: readonly Chosen[],
): Promise<string> {
  const id = `cleanup-${randomBytes(9).toString('hex')}`;
  const chats = chosen.slice(0, mostChats).map(({ chat }) => chat);
  await rows.create({ id, callerId, chats, left: chosen.length - chats.length });
  if (chats.length === 0) return id;
  const input = { cleanupId: id, items: chats.map((_, item) => item), maxConcurrency };
  try {
    await startRun({ name: id, input, words: 'The clean-up' });
  } catch (error) {
    await rows.finish(id, neverTried);
    throw error;
  }
  return id;
}
