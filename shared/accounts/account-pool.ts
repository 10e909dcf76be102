import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { Credentials, WorkKind } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Table } from '../store/table.ts';
import type { Account } from './account.ts';
import { type AccountHealth, healthOf } from './account-health.ts';
import { AccountRows } from './account-rows.ts';
import { availabilityOf, tokenUsable } from './availability.ts';
import { CredentialCache } from './credential-cache.ts';
import { explainNoAccount } from './explain-no-account.ts';
import { FaultEffects } from './fault-effects.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { type SignIn, SignIns } from './sign-ins.ts';

/** The right to use an account for one request. */
export interface Lease {
  readonly accountId: string;
  readonly label: string;
  readonly kind: WorkKind;
  readonly credentials: Credentials;
  /** The account's row when the lease was given; what goes wrong is held against this state of it only. */
  readonly account: Account;
}

export interface LeaseOptions {
  /** Accounts that this request has tried already. */
  readonly exclude?: ReadonlySet<string>;
  /** The only account that will do, as the owner of a continued chat. */
  readonly accountId?: string;
}

export interface AccountPoolOptions {
  readonly table: Table;
  readonly secretBox: SecretBox;
  readonly signIn: SignIn;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Hears of bookkeeping that failed while a request went on. */
  readonly onStoreError?: (error: StoreUnavailableError) => void;
}

/** All accounts of the lane: which one serves next, and what becomes of it. */
export class AccountPool {
  readonly #now: () => number;
  readonly #rows: AccountRows;
  readonly #effects: FaultEffects;
  readonly #signIns: SignIns;
  readonly #credentials: CredentialCache;
  readonly #uses: LeastRecentlyUsed;
  readonly #onStoreError: (error: StoreUnavailableError) => void;

  constructor(options: AccountPoolOptions) {
    const { table, secretBox, signIn, now = Date.now, onStoreError = () => undefined } = options;
    this.#now = now;
    this.#onStoreError = onStoreError;
    const rows = new AccountRows(table, now);
    const effects = new FaultEffects(rows, now);
    this.#rows = rows;
    this.#effects = effects;
    this.#signIns = new SignIns({ rows, effects, secretBox, signIn, now });
    this.#credentials = new CredentialCache(secretBox);
    this.#uses = new LeastRecentlyUsed((id, lastUsedAt) => rows.markUsed(id, lastUsedAt), now);
  }

  /**
   * Gives the account that has rested longest among those that can serve this kind of work, signed in when need be.
   *
   * @throws PoolCoolingError, PoolQuotaError, PoolBlockedError or PoolEmptyError when there is none.
   * @throws ChatGoneError when `options.accountId` names an account that is no longer there.
   * @throws UpstreamError when signing in failed for a reason that is not the account's.
   * @throws StoreUnavailableError, SecretKeyUnavailableError
   */
  async lease(kind: WorkKind, options: LeaseOptions = {}): Promise<Lease> {
    const tried = new Set(options.exclude);
    let failure: unknown;
    for (;;) {
      const accounts = await this.#candidates(options.accountId);
      const now = this.#now();
      const account = this.#uses.choose(
        accounts,
        (candidate) => !tried.has(candidate.id) && availabilityOf(candidate, kind, now).type === 'ready',
      );
      if (account === undefined) throw whyNone(accounts, kind, now, failure);
      this.#uses.touch(account.id);
      try {
        return await this.#open(account, kind);
      } catch (error) {
        if (!(error instanceof UpstreamError || error instanceof SecretUnreadableError)) throw error;
        tried.add(account.id);
        failure = error;
      }
    }
  }

  /**
   * Tells how the request went. Resolves at once for `ok`, and after the write when the account's state changes. A store
   * that fails is no reason to fail the request: this instance heeds the outcome all the same.
   */
  async settle(lease: Lease, kind: WorkKind, outcome: 'ok' | UpstreamError): Promise<void> {
    this.#uses.publish(lease.accountId);
    if (outcome === 'ok') return;
    try {
      await this.#effects.apply(lease.account, kind, outcome);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#onStoreError(error);
    }
  }

  /**
   * Gives the same account with another token, for one more try after the upstream has refused the lease's token.
   *
   * @throws AccountUnauthorizedError when there is no way to a new token.
   * @throws GatewayError as signing in throws.
   */
  async renew(lease: Lease): Promise<Lease> {
    return this.#lease(await this.#signIns.renew(lease.account, lease.kind), lease.kind);
  }

  /** The accounts as this instance knows them, without asking any upstream. @throws StoreUnavailableError */
  async health(): Promise<readonly AccountHealth[]> {
    const accounts = await this.#rows.snapshot();
    const now = this.#now();
    return accounts.map((account) => healthOf(account, Math.trunc(this.#uses.lastUsedAt(account)), now));
  }

  /** Resolves when nothing runs in the background, for the end of an invocation. Never rejects. */
  async flush(): Promise<void> {
    await Promise.all([this.#uses.flush(), this.#rows.idle()]);
  }

  async #candidates(accountId: string | undefined): Promise<readonly Account[]> {
    const accounts = await this.#rows.snapshot();
    if (accountId === undefined) return accounts;
    const owner = accounts.filter((account) => account.id === accountId);
    if (owner.length === 0) throw new ChatGoneError('The account that owns this chat is gone. Start a new chat.');
    return owner;
  }

  async #open(account: Account, kind: WorkKind): Promise<Lease> {
    if (tokenUsable(account, this.#now())) return this.#lease(account, kind);
    return this.#lease(await this.#signIns.renew(account, kind), kind);
  }

  async #lease(account: Account, kind: WorkKind): Promise<Lease> {
    const credentials = await this.#credentials.of(account);
    return { accountId: account.id, label: account.label, kind, credentials, account };
  }
}

// Accounts that could not be opened for a reason of their own have another state by now, and the states tell more than
// the last failure does.
function whyNone(accounts: readonly Account[], kind: WorkKind, now: number, failure: unknown): unknown {
  const untouched = accounts.some((account) => availabilityOf(account, kind, now).type === 'ready');
  return untouched && failure !== undefined ? failure : explainNoAccount(accounts, kind, now);
}
