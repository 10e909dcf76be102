import { ChatGoneError } from '../../chat/errors/answer-faults.ts';
import { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { TemporaryChat } from '../../chats/chat-row.ts';
import type { TemporaryChats } from '../../chats/temporary-chats.ts';
import { StoreUnavailableError } from '../../store/store-errors.ts';
import type { DeleteUpstream } from '../delete-upstream.ts';

export interface SweepTemporaryOptions {
  readonly temporary: TemporaryChats;
  readonly deleteUpstream: DeleteUpstream;
  /** Epoch milliseconds after which no other chat is begun. */
  readonly until: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What one sweep did. */
export interface TemporaryReport {
  /** Chats that were due. */
  readonly due: number;
  readonly deleted: number;
  /** Gone upstream already, or with their account. */
  readonly gone: number;
  /** Left for a later sweep. */
  readonly waiting: number;
}

/** Of each of the eight lists. */
const mostPerShard = 100;
/** Accounts at once; the chats of one go one by one. */
const accountsAtOnce = 4;
/** Milliseconds: a turn that began just before its chat was due may run as long as a function. */
const longestTurn = 15 * 60_000;
/** Milliseconds after which a chat is due again whose sweeper died, or whose account could not be used. */
const againAfter = 45 * 60_000;

/**
 * Deletes the temporary chats that are due. Each is first put off, under the condition that nobody has given it more
 * time; so a sweeper that dies leaves nothing behind, and an account that can't be used holds up nobody else's chats.
 *
 * @throws StoreUnavailableError
 */
export async function sweepTemporary(options: SweepTemporaryOptions): Promise<TemporaryReport> {
  const due = await options.temporary.due(mostPerShard, longestTurn);
  const counts = { due: due.length, deleted: 0, gone: 0, waiting: 0 };
  const groups = Map.groupBy(due, ({ accountId }) => accountId).values();
  const lane = async () => {
    for (const group of groups) await sweepAccount(group, options, counts);
  };
  await Promise.all(Array.from({ length: accountsAtOnce }, lane));
  return { ...counts, waiting: counts.due - counts.deleted - counts.gone };
}

async function sweepAccount(
  group: readonly TemporaryChat[],
  { temporary, deleteUpstream, until, now = Date.now }: SweepTemporaryOptions,
  counts: { deleted: number; gone: number },
): Promise<void> {
  let isUsable = true;
  for (const chat of group) {
    if (now() >= until) return;
    const taken = await temporary.postpone(chat, againAfter);
    if (taken === undefined || !isUsable) continue;
    try {
      await deleteUpstream(taken);
      counts.deleted += 1;
    } catch (error) {
      if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
      isUsable = error instanceof ChatGoneError;
      if (!isUsable) continue;
      counts.gone += 1;
    }
    await temporary.drop(taken);
  }
}
