import { ChatIndex } from '../chats/chat-index.ts';
import { ChatLists } from '../chats/chat-lists.ts';
import { TemporaryChats } from '../chats/temporary-chats.ts';
import { ChatDesk } from '../dialogs/chat-desk.ts';
import type { CleanupFilters } from '../dialogs/cleanup/cleanup-filters.ts';
import { createCleanupRoutes } from '../dialogs/cleanup/cleanup-routes.ts';
import { CleanupRows } from '../dialogs/cleanup/cleanup-rows.ts';
import { type CleanupTask, createCleanupWorker } from '../dialogs/cleanup/cleanup-worker.ts';
import { scheduleCleanups } from '../dialogs/cleanup/scheduled-cleanup.ts';
import { createDeleteUpstream } from '../dialogs/delete-upstream.ts';
import { createDialogRoutes } from '../dialogs/dialog-routes.ts';
import { DailyClaims } from '../dialogs/sweep/daily-claims.ts';
import { type OrphanReport, sweepOrphans } from '../dialogs/sweep/sweep-orphans.ts';
import { sweepTemporary, type TemporaryReport } from '../dialogs/sweep/sweep-temporary.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import type { Environment, Settings } from '../read-settings.ts';
import { createStartExecution } from '../runs/start-execution.ts';
import type { Access } from './open-access.ts';
import { openAccountHealth } from './open-account-health.ts';
import type { Upstream } from './open-upstream.ts';

export { readCleanupTask } from '../dialogs/cleanup/cleanup-worker.ts';

const dayMilliseconds = 24 * 3600 * 1000;

/** What one sweep did, all in all. */
export interface SweepReport {
  readonly temporary: TemporaryReport;
  readonly orphans: OrphanReport;
  /** Clean-ups that were begun. */
  readonly cleanups: number;
}

/** The handlers of every path about kept chats, but for making one. */
export function openDialogs(
  { table, settings }: Access,
  { means, archive }: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const lists = new ChatLists(table);
  const desk = new ChatDesk({ means, archive, chats: new ChatIndex(table) });
  const startRun = createStartExecution(environment, 'CLEANUP_MACHINE_ARN');
  return {
    ...createDialogRoutes({ desk, lists, defaultTitle: settings.text('CHAT_TITLE') }),
    ...createCleanupRoutes({ lists, rows: new CleanupRows(table), startRun }),
  };
}

/** @returns does one step of a clean-up. */
export function openCleanupWorker({ table, logger }: Access, upstream: Upstream): (task: CleanupTask) => Promise<void> {
  const { deleteUpstream } = openDeletion(upstream, 'cleanup-step');
  return createCleanupWorker({ rows: new CleanupRows(table), chats: new ChatIndex(table), deleteUpstream, logger });
}

/** @returns sweeps once. @param environment names the state machine of clean-ups. */
export function openSweep(access: Access, upstream: Upstream, environment: Environment) {
  const { table, settings } = access;
  const deletion = openDeletion(upstream, 'sweep-chats');
  const claims = new DailyClaims(table);
  const chats = new ChatIndex(table);
  const temporary = new TemporaryChats(table);
  const { health } = openAccountHealth(access);
  const cleanups = {
    lists: new ChatLists(table),
    rows: new CleanupRows(table),
    startRun: createStartExecution(environment, 'CLEANUP_MACHINE_ARN'),
    claims,
    filters: filtersOf(settings),
  };
  return async (until: number): Promise<SweepReport> => ({
    cleanups: await scheduleCleanups(cleanups),
    temporary: await sweepTemporary({ ...deletion, temporary, until }),
    orphans: await sweepOrphans({
      ...deletion,
      accounts: await health(),
      claims,
      chats,
      archive: upstream.archive,
      until,
    }),
  });
}

/** Chats are deleted by the gateway's own accounts only. */
function openDeletion({ means }: Upstream, worker: string) {
  const { attempts, upstream } = means.of({ id: worker, role: 'user' }, () => '');
  return { attempts, deleteUpstream: createDeleteUpstream(attempts, upstream, worker) };
}

/** What the owner wants gone every day; 0 is no filter. */
function filtersOf(settings: Settings): CleanupFilters {
  const days = settings.integer('CLEANUP_OLDER_DAYS');
  const userMessages = settings.integer('CLEANUP_USER_MESSAGES');
  const messages = settings.integer('CLEANUP_MESSAGES');
  const chats = settings.integer('CLEANUP_MAX_CHATS');
  return {
    ...(days > 0 && { olderThan: days * dayMilliseconds }),
    ...(userMessages > 0 && { userMessageCountLessThan: userMessages }),
    ...(messages > 0 && { messageCountLessThan: messages }),
    ...(chats > 0 && { maxChats: chats }),
  };
}
