import type { AccountHealth } from '../../accounts/account-health.ts';
import type { ChatArchive, ChatSummary } from '../../chat/chat-archive.ts';
import { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatIndex } from '../../chats/chat-index.ts';
import { isTemporaryTitle } from '../../chats/temporary-title.ts';
import type { Attempts } from '../../relay/attempts.ts';
import { runOwnerErrand } from '../../relay/owner-errand.ts';
import { StoreUnavailableError } from '../../store/store-errors.ts';
import type { DeleteUpstream } from '../delete-upstream.ts';
import type { DailyClaims } from './daily-claims.ts';

export interface SweepOrphansOptions {
  readonly accounts: readonly AccountHealth[];
  readonly claims: DailyClaims;
  readonly archive: Pick<ChatArchive, 'list'>;
  readonly chats: Pick<ChatIndex, 'knows'>;
  readonly attempts: Attempts;
  readonly deleteUpstream: DeleteUpstream;
  /** Epoch milliseconds after which nothing else is begun. */
  readonly until: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What one sweep did. */
export interface OrphanReport {
  /** Accounts that were looked through. */
  readonly accounts: number;
  readonly orphans: number;
}

/** Of one account a day. */
const mostPages = 20;
const mostOrphans = 200;
/** Longer than any answer takes, and than the time until a chat's row is written. */
const youngMilliseconds = 3600 * 1000;
const listLimit = 30_000;

/**
 * Deletes chats that functions made and then died, before anybody wrote them down. Once a day for each account that is
 * well. Whatever is not proven to be the gateway's own stays: see `temporaryTitle`.
 *
 * @throws StoreUnavailableError
 */
export async function sweepOrphans(options: SweepOrphansOptions): Promise<OrphanReport> {
  const { accounts, claims, until, now = Date.now } = options;
  const report = { accounts: 0, orphans: 0 };
  for (const { id, state, waits } of accounts) {
    const isWell = state === 'ok' && Object.keys(waits).length === 0;
    if (!isWell || now() >= until || !(await claims.claim(`orphans#${id}`))) continue;
    report.accounts += 1;
    try {
      report.orphans += await sweepAccount(id, options);
    } catch (error) {
      // An account that can't be asked now is asked tomorrow.
      if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
    }
  }
  return report;
}

async function sweepAccount(accountId: string, options: SweepOrphansOptions): Promise<number> {
  const { chats, deleteUpstream, until, now = Date.now } = options;
  const oldest = now() - youngMilliseconds;
  const ours = (await listAll(accountId, options)).filter(
    ({ title, updatedAt }) => isTemporaryTitle(title) && updatedAt !== undefined && updatedAt < oldest,
  );
  let deleted = 0;
  for (const { id: chatId } of ours.slice(0, mostOrphans)) {
    if (now() >= until) break;
    if (await chats.knows(chatId)) continue;
    await deleteUpstream({ chatId, accountId });
    deleted += 1;
  }
  return deleted;
}

/** All pages are read before anything goes: what goes would move the rest up. */
async function listAll(accountId: string, { archive, attempts }: SweepOrphansOptions): Promise<readonly ChatSummary[]> {
  const found = new Map<string, ChatSummary>();
  for (let page = 1; page <= mostPages; page += 1) {
    const signal = AbortSignal.timeout(listLimit);
    const chats = await runOwnerErrand(attempts, { accountId, requestId: 'sweep-chats', signal }, ({ credentials }) =>
      archive.list(page, credentials, signal),
    );
    const known = found.size;
    for (const chat of chats) found.set(chat.id, chat);
    // Beyond its last page a list is empty, or the last page again.
    if (found.size === known) break;
  }
  return [...found.values()];
}
