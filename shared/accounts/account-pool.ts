import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Table } from '../store/table.ts';
import type { Account } from './account.ts';
import type { Ask } from './account-choice.ts';
import { type AccountHealth, healthOf } from './account-health.ts';
import { AccountPlaces } from './account-places.ts';
import { AccountRows } from './account-rows.ts';
import { availabilityOf, tokenUsable } from './availability.ts';
import { CookieStore } from './cookie-store.ts';
import { CredentialCache } from './credential-cache.ts';
import { explainNoAccount } from './explain-no-account.ts';
import { FaultEffects } from './fault-effects.ts';
import { type AccountLimits, defaultLimits, type Lease, type LeaseOptions, type LeaseWait } from './lease.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { PoolBlockedError, PoolEmptyError } from './no-account-errors.ts';
import type { TokenSources } from './renewal-run.ts';
import { Renewals } from './renewals.ts';
import type { SlotLease } from './slot-lease.ts';
import { type After, afterUnref } from './timers.ts';

export interface AccountPoolOptions extends TokenSources {
  readonly table: Table;
  readonly secretBox: SecretBox;
  /** As the settings have it by default. */
  readonly limits?: AccountLimits;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly after?: After;
  /** Hears of bookkeeping that failed while a request went on. */
  readonly onStoreError?: (error: StoreUnavailableError) => void;
}

/** All accounts of the lane: which one serves next, and what becomes of it. */
export class AccountPool {
  readonly #now: () => number;
  readonly #limits: AccountLimits;
  readonly #rows: AccountRows;
  readonly #effects: FaultEffects;
  readonly #renewals: Renewals;
  readonly #credentials: CredentialCache;
  readonly #uses: LeastRecentlyUsed;
  readonly #places: AccountPlaces;
  readonly #onStoreError: (error: StoreUnavailableError) => void;
  #arrivals = 0;

  constructor(options: AccountPoolOptions) {
    const { table, secretBox, signIn, refresh, limits = defaultLimits, now = Date.now, after = afterUnref } = options;
    const { onStoreError = () => undefined } = options;
    this.#now = now;
    this.#limits = limits;
    this.#onStoreError = onStoreError;
    const rows = new AccountRows(table, now);
    const effects = new FaultEffects(rows, now);
    const uses = new LeastRecentlyUsed(now);
    this.#rows = rows;
    this.#effects = effects;
    this.#renewals = new Renewals({ table, rows, effects, secretBox, signIn, refresh, now });
    this.#credentials = new CredentialCache(secretBox, new CookieStore(table, secretBox, now), now);
    this.#uses = uses;
    this.#places = new AccountPlaces({ rows, uses, limits, now, after, onStoreError });
  }

  /**
   * Gives the account that has rested longest among those that can serve this kind of work, signed in when need be.
   * While all of them are merely busy, the request waits in line.
   *
   * @throws PoolCoolingError, PoolQuotaError, PoolBlockedError or PoolEmptyError when there is none.
   * @throws ChatGoneError when `options.accountId` names an account that is no longer there.
   * @throws UpstreamError when signing in failed for a reason that is not the account's.
   * @throws the reason of `options.signal`.
   * @throws StoreUnavailableError, SecretKeyUnavailableError
   */
  async lease(kind: WorkKind, options: LeaseOptions = {}): Promise<Lease> {
    const { accountId, exclude, urgent = false } = options;
    const came = this.#now();
    const until = came + Math.min(this.#limits.wait, options.patience ?? Number.POSITIVE_INFINITY);
    const arrived = this.#arrivals++;
    const excluded = new Set(exclude);
    const ask = { kind, accountId, excluded, urgent, lostRaces: 0, arrived, until, signal: options.signal };
    let failure: unknown;
    let looks = 0;
    for (;;) {
      const accounts = await this.#known(looks, came);
      if (accountId !== undefined && !accounts.has(accountId) && looks > 0) throw ownerGone();
      const given = options.errand === true ? this.#places.visit(ask) : await this.#places.take(ask);
      if (given === undefined) {
        const why = looks > 0 ? this.#whyNone(ask, failure) : undefined;
        // Nobody is told for good what was read before they came: an account may have been added since.
        if (looks > 1 || (looks === 1 && !isLasting(why))) throw why;
        looks += 1;
        continue;
      }
      try {
        return await this.#open(given.account, kind, given.place);
      } catch (error) {
        this.#places.end(given.place);
        if (!(error instanceof UpstreamError || error instanceof SecretUnreadableError)) throw error;
        ask.excluded.add(given.account.id);
        failure = error;
      }
    }
  }

  /**
   * Tells how the request went, and ends its lease in the same write. Resolves after the write when the account's state
   * changes, else at once. A store that fails is no reason to fail the request: this instance heeds the outcome all the
   * same. A lease that has ended, or that another instance has taken over, tells nothing any more.
   */
  async settle(lease: Lease, kind: WorkKind, outcome: 'ok' | UpstreamError): Promise<void> {
    const { account, place } = lease;
    if (place?.busy === false) return;
    if (outcome === 'ok' && place?.taken.probe === undefined) return this.#places.end(place);
    try {
      if (outcome === 'ok') await this.#effects.applySuccess(account, kind, place?.giveBack());
      else await this.#effects.apply(account, kind, outcome, place?.giveBack());
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#onStoreError(error);
    } finally {
      this.#places.advance();
    }
  }

  /** Ends a lease whose request has told nothing about the account, as when its caller left. Does not wait. */
  release(lease: Lease): void {
    this.#places.end(lease.place);
  }

  /**
   * Gives the same account with another token, for one more try after the upstream has refused the lease's token.
   *
   * @throws AccountUnauthorizedError when there is no way to a new token.
   * @throws PoolCoolingError when others have taken the account meanwhile, and keep it.
   * @throws GatewayError as signing in throws.
   */
  async renew(lease: Lease, options: LeaseWait = {}): Promise<Lease> {
    const { kind, accountId, place } = lease;
    const account = await this.#renewals.renew(lease.account, kind);
    if (place === undefined || place.busy) return this.#lease(account, kind, place);
    return this.lease(kind, { ...options, accountId, urgent: true });
  }

  /** The accounts as this instance knows them, without asking any upstream. @throws StoreUnavailableError */
  async health(): Promise<readonly AccountHealth[]> {
    const accounts = await this.#rows.snapshot();
    const now = this.#now();
    return accounts.map((account) => healthOf(account, Math.trunc(this.#uses.lastUsedAt(account)), now));
  }

  /** Resolves when nothing runs in the background, for the end of an invocation. Never rejects. */
  async flush(): Promise<void> {
    await Promise.all([this.#places.flush(), this.#rows.idle(), this.#storeCookies()]);
  }

  async #storeCookies(): Promise<void> {
    try {
      await this.#credentials.flush();
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.#onStoreError(error);
    }
  }

  async #open(account: Account, kind: WorkKind, place: SlotLease | undefined): Promise<Lease> {
    if (tokenUsable(account, this.#now())) return this.#lease(account, kind, place);
    return this.#lease(await this.#renewals.renew(account, kind), kind, place);
  }

  async #lease(account: Account, kind: WorkKind, place: SlotLease | undefined): Promise<Lease> {
    const credentials = await this.#credentials.of(account);
    return { accountId: account.id, label: account.label, kind, credentials, account, place };
  }

  /** Who is sent away to come again has the accounts of a second ago; who is sent away for good, those of now. */
  #known(looks: number, came: number) {
    if (looks === 0) return this.#rows.accounts();
    return looks === 1 ? this.#rows.look() : this.#rows.since(came - sharedLook);
  }

  // Accounts that could not be opened for a reason of their own have another state by now, and the states tell more
  // than the last failure does.
  #whyNone({ kind, accountId }: Pick<Ask, 'kind' | 'accountId'>, failure: unknown): unknown {
    const now = this.#now();
    const held = [...this.#rows.held.values()];
    const accounts = accountId === undefined ? held : held.filter(({ id }) => id === accountId);
    const untouched = accounts.some((account) => availabilityOf(account, kind, now).type === 'ready');
    if (untouched && failure !== undefined) return failure;
    return explainNoAccount(accounts, kind, now, this.#limits.maxInFlight);
  }
}

/** Milliseconds: those who are sent away for good at about the same time share a look. */
const sharedLook = 250;

function isLasting(why: unknown): boolean {
  return why instanceof PoolBlockedError || why instanceof PoolEmptyError;
}

function ownerGone(): ChatGoneError {
  return new ChatGoneError('The account that owns this chat is gone. Start a new chat.');
}
