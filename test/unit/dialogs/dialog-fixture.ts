import { onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import type { AccountSource, LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import { ChatGoneError } from '../../../shared/chat/errors/answer-faults.ts';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
import { ChatLists } from '../../../shared/chats/chat-lists.ts';
import { TemporaryChats } from '../../../shared/chats/temporary-chats.ts';
import { createDeleteUpstream } from '../../../shared/dialogs/delete-upstream.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import { createQwenWebUpstream, type QwenWeb } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { MemoryTable } from '../../support/memory-table.ts';

export const hour = 3600 * 1000;

/** Accounts of the simulator, by their addresses, that are free until a test says otherwise. */
class SimulatorAccounts implements AccountSource {
  readonly #tokens = new Map<string, string>();
  /** What leasing an account throws. */
  readonly resting = new Map<string, Error>();

  constructor(simulator: Simulator, emails: readonly string[]) {
    for (const email of emails) {
      this.#tokens.set(email, simulator.control.accounts.add({ email, password: 'pw' }).token);
    }
  }

  credentials(email: string): { readonly token: string } {
    return { token: this.#tokens.get(email) ?? '' };
  }

  async lease(kind: LeasedAccount['kind'], { accountId = '' }: { accountId?: string }): Promise<LeasedAccount> {
    const reason = this.resting.get(accountId);
    if (reason !== undefined) throw reason;
    if (!this.#tokens.has(accountId)) throw new ChatGoneError('The account is gone.');
    const lease: LeasedAccount = {
      accountId,
      kind,
      credentials: this.credentials(accountId),
      settle: async () => undefined,
      release: () => undefined,
      renew: async () => lease,
    };
    return lease;
  }
}

/** A table in memory with a clock, and a simulator with accounts whose ids are their addresses. */
export interface DialogFixture {
  time: number;
  readonly now: () => number;
  readonly table: MemoryTable;
  readonly simulator: Simulator;
  readonly upstream: QwenWeb;
  readonly accounts: SimulatorAccounts;
  readonly attempts: Attempts;
  readonly chats: ChatIndex;
  readonly lists: ChatLists;
  readonly temporary: TemporaryChats;
  readonly deleteUpstream: ReturnType<typeof createDeleteUpstream>;
  /** Makes a chat upstream. @returns its id. */
  make(email: string, title?: string): Promise<string>;
  /** The ids of the chats that are upstream. */
  upstreamIds(): readonly string[];
}

export async function openDialogFixture(emails: readonly string[]): Promise<DialogFixture> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
  const accounts = new SimulatorAccounts(simulator, emails);
  const attempts = new Attempts(accounts, createLogger('error'));
  const table = new MemoryTable();
  const now = () => fixture.time;
  const fixture: DialogFixture = {
    time: Date.now(),
    now,
    table,
    simulator,
    upstream,
    accounts,
    attempts,
    chats: new ChatIndex(table, now),
    lists: new ChatLists(table, now),
    temporary: new TemporaryChats(table, now),
    deleteUpstream: createDeleteUpstream(attempts, upstream, 'test'),
    make: (email, title = 'A title') =>
      upstream.createChat('qwen3.7-plus', title, accounts.credentials(email), AbortSignal.timeout(5000)),
    upstreamIds: () => emails.flatMap((email) => simulator.control.chats(email)).map(({ id }) => id),
  };
  return fixture;
}
