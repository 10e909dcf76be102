import { PoolBlockedError } from '../../accounts/no-account-errors.ts';
import { ChatGoneError } from '../../chat/errors/answer-faults.ts';
import { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatIndex } from '../../chats/chat-index.ts';
import type { Logger } from '../../logging/logger.ts';
import type { DeleteUpstream } from '../delete-upstream.ts';
import { neverTried } from './begin-cleanup.ts';
import type { CleanupResult, CleanupRows } from './cleanup-rows.ts';
import type { CleanupItem } from './cleanup-snapshot.ts';

/** What the state machine calls the worker with. */
export type CleanupTask =
  | { readonly act: 'delete' | 'give-up'; readonly cleanupId: string; readonly item: number }
  | { readonly act: 'finish'; readonly cleanupId: string };

export interface CleanupWorkerOptions {
  readonly rows: CleanupRows;
  readonly chats: ChatIndex;
  readonly deleteUpstream: DeleteUpstream;
  readonly logger: Logger;
}

/** Finds any chat, whosever it is. */
const everybody = { id: 'cleanup', role: 'admin' } as const;

/** Does one step of a clean-up. Every step may be done twice. Throws what another try can help against. */
export function createCleanupWorker(options: CleanupWorkerOptions): (task: CleanupTask) => Promise<void> {
  const { rows, logger } = options;
  return async (task) => {
    const { act, cleanupId } = task;
    if (act === 'finish') {
      const givenUp = await rows.finish(cleanupId, neverTried);
      logger.info('chats cleaned up', { cleanupId, givenUp });
      return;
    }
    const waiting = await rows.waitingItem(cleanupId, task.item);
    if (waiting === undefined) return;
    const result: CleanupResult =
      act === 'delete'
        ? await deleteChat(options, cleanupId, waiting)
        : { state: 'failed', reason: waiting.reason ?? neverTried };
    await rows.finishItem(cleanupId, task.item, result);
  };
}

async function deleteChat(
  { rows, chats, deleteUpstream }: CleanupWorkerOptions,
  cleanupId: string,
  { item, chatId, place }: CleanupItem,
): Promise<CleanupResult> {
  const chat = await chats.look(chatId, everybody);
  if (chat === undefined || chat.deletedAt !== undefined) return { state: 'deleted' };
  if (chat.place !== place) return { state: 'kept' };
  try {
    await deleteUpstream(chat);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    // An account that waits for its owner waits longer than any retry.
    if (error instanceof PoolBlockedError) return { state: 'failed', reason: error.code };
    if (!(error instanceof ChatGoneError)) {
      await rows.note(cleanupId, item, error.code);
      throw error;
    }
  }
  await chats.bury(chat);
  return { state: 'deleted' };
}

/** @returns `undefined` when the event is no task. */
export function readCleanupTask(event: unknown): CleanupTask | undefined {
  if (typeof event !== 'object' || event === null || !('act' in event) || !('cleanupId' in event)) return undefined;
  const { act, cleanupId } = event;
  if (typeof cleanupId !== 'string') return undefined;
  if (act === 'finish') return { act, cleanupId };
  const item = 'item' in event ? event.item : undefined;
  return (act === 'delete' || act === 'give-up') && typeof item === 'number' ? { act, cleanupId, item } : undefined;
}
