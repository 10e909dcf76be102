import type { WaitCause } from '../../../shared/accounts/account.ts';
import type { AccountState } from '../../../shared/accounts/account-states.ts';
import type { Lease } from '../../../shared/accounts/lease.ts';
import {
  AccountUnauthorizedError,
  AccountUnusableError,
  ChallengeError,
  QuotaExhaustedError,
  RateLimitedError,
} from '../../../shared/chat/errors/account-faults.ts';
import {
  ContentFilterError,
  TruncatedAnswerError,
  UpstreamRejectedError,
} from '../../../shared/chat/errors/answer-faults.ts';
import type { UpstreamError } from '../../../shared/chat/errors/upstream-error.ts';
import type { WorkKind } from '../../../shared/chat/upstream.ts';

export type OutcomeName = keyof typeof outcomes;

/** What an upstream may say, by a short name that a failing run can print. */
export const outcomes = {
  ok: (): 'ok' | UpstreamError => 'ok',
  limit: () => new RateLimitedError('limit'),
  longLimit: () => new RateLimitedError('limit', { retryAfterSeconds: 600 }),
  quota: () => new QuotaExhaustedError('quota', { retryAfterSeconds: 7200 }),
  auth: () => new AccountUnauthorizedError('auth'),
  challenge: () => new ChallengeError('challenge'),
  account: () => new AccountUnusableError('account'),
  transport: () => new TruncatedAnswerError('transport'),
  protocol: () => new UpstreamRejectedError('protocol'),
  content: () => new ContentFilterError('content'),
};

interface ModelAccount {
  state: AccountState;
  lastUsedAt: number;
  readonly tokenEnds: number;
  readonly waits: Map<WorkKind, { until: number; cause: WaitCause; seconds: number }>;
}

/** The pool as one would describe it in a few sentences: no caches, no concurrency, no table. */
export class PoolModel {
  readonly accounts = new Map<string, ModelAccount>();

  add(id: string, tokenEnds: number): void {
    this.accounts.set(id, { state: 'ok', lastUsedAt: 0, tokenEnds, waits: new Map() });
  }

  ready(kind: WorkKind, now: number): string[] {
    return [...this.accounts].filter(([, account]) => isReady(account, kind, now)).map(([id]) => id);
  }

  /** Those among the ready ones that nobody has used for longer. */
  mostRested(kind: WorkKind, now: number): string[] {
    const ready = this.ready(kind, now).map((id) => ({ id, use: this.#account(id).lastUsedAt }));
    const earliest = Math.min(...ready.map(({ use }) => use));
    return ready.filter(({ use }) => use === earliest).map(({ id }) => id);
  }

  /** The code of the error when nobody is ready, and after how many seconds somebody is. */
  refusal(kind: WorkKind, now: number): { code: string; retryAfterSeconds: number | undefined } {
    const living = [...this.accounts.values()].filter((account) => account.state === 'ok' && account.tokenEnds > now);
    const waits = living.flatMap((account) => account.waits.get(kind) ?? []);
    if (waits.length > 0) {
      const retryAfterSeconds = Math.ceil((Math.min(...waits.map(({ until }) => until)) - now) / 1000);
      const limited = waits.some(({ cause }) => cause === 'limit');
      return { code: limited ? 'rate_limit_exceeded' : 'insufficient_quota', retryAfterSeconds };
    }
    const states = [...this.accounts.values()].map(({ state }) => state);
    if (states.includes('challenge')) return { code: 'accounts_challenged', retryAfterSeconds: undefined };
    const signedOut = [...this.accounts.values()].some(
      ({ state, tokenEnds }) => state === 'invalid' || (state === 'ok' && tokenEnds <= now),
    );
    return { code: signedOut ? 'accounts_signed_out' : 'accounts_disabled', retryAfterSeconds: undefined };
  }

  use(lease: Lease, now: number): void {
    this.#account(lease.accountId).lastUsedAt = now;
  }

  settle(lease: Lease, outcome: OutcomeName, now: number): void {
    const account = this.#account(lease.accountId);
    const probed = account.waits.get(lease.kind);
    const rest = (seconds: number, cause: WaitCause) => {
      account.waits.set(lease.kind, { until: now + seconds * 1000, cause, seconds });
    };
    if (outcome === 'limit' || outcome === 'longLimit') {
      const alone = this.ready(lease.kind, now).every((id) => id === lease.accountId);
      const doubled = probed?.cause === 'limit' ? probed.seconds * 2 : 0;
      const seconds = Math.min(900, Math.max(outcome === 'limit' ? 60 : 600, doubled));
      rest(alone ? 10 : seconds, 'limit');
    }
    if (outcome === 'quota') rest(7200, 'quota');
    if (outcome === 'auth') account.state = 'invalid';
    if (outcome === 'challenge') account.state = 'challenge';
    if (outcome === 'account') account.state = 'disabled';
    if (['ok', 'transport', 'protocol', 'content'].includes(outcome)) account.waits.delete(lease.kind);
  }

  #account(id: string): ModelAccount {
    const account = this.accounts.get(id);
    if (account === undefined) throw new Error(`the model has no ${id}`);
    return account;
  }
}

function isReady(account: ModelAccount, kind: WorkKind, now: number): boolean {
  const wait = account.waits.get(kind);
  return account.state === 'ok' && account.tokenEnds > now && (wait === undefined || wait.until <= now);
}
