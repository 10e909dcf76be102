import { setTimeout as pauseFor } from 'node:timers/promises';
import { AccountUnauthorizedError } from '../chat/errors/account-faults.ts';
import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Table } from '../store/table.ts';
import type { Account } from './account.ts';
import type { AccountRows } from './account-rows.ts';
import { tokenUsable } from './availability.ts';
import { openCurrentSecret } from './current-secret.ts';
import type { FaultEffects } from './fault-effects.ts';
import { RenewalLeases } from './renewal-leases.ts';
import { RenewalRun, type TokenSources } from './renewal-run.ts';
import { renewalWay } from './renewal-way.ts';

/** What renewals work with. */
export interface RenewalsOptions extends TokenSources {
  readonly table: Table;
  readonly rows: Pick<AccountRows, 'read'>;
  readonly effects: Pick<FaultEffects, 'refuseToken' | 'refuseSignIn'>;
  readonly secretBox: SecretBox;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits between two looks at somebody else's renewal. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Why a token is renewed. `needed`: a request can't do without, so that a failure takes the account out of use; `ahead`:
 * before its end; `asked`: the owner wants it, also for an account whose token was refused.
 */
export type RenewalPurpose = 'needed' | 'ahead' | 'asked';

/** Milliseconds. Together some seconds longer than a refresh may take. */
const firstPause = 100;
const longestPause = 1000;
const mostPauses = 20;

/**
 * Gets new tokens for accounts that have a refresh token, or an e-mail address and a password. One renewal per account at
 * a time over all instances; who comes second waits for what the first one gets.
 */
export class Renewals {
  readonly #options: RenewalsOptions;
  readonly #leases: RenewalLeases;
  readonly #pause: (milliseconds: number) => Promise<unknown>;
  readonly #running = new Map<string, Promise<Account>>();

  constructor(options: RenewalsOptions) {
    this.#options = options;
    this.#leases = new RenewalLeases(options.table, options.now);
    this.#pause = options.pause ?? pauseFor;
  }

  /**
   * Gives the account with another token than the one it had. Somebody else's renewal is taken before an own one.
   *
   * @param stale the account with the secret that is of no use any more, or soon won't be.
   * @param kind the work that waits for it.
   * @throws AccountUnauthorizedError when there is no way to a new token.
   * @throws UpstreamUnavailableError when somebody else renews it, and takes too long.
   * @throws GatewayError as the refresh or the sign-in throws; when the token is needed, the account's state is changed
   *   accordingly.
   */
  renew(stale: Account, kind: WorkKind, purpose: RenewalPurpose = 'needed'): Promise<Account> {
    const running = this.#running.get(stale.id);
    if (running !== undefined) return running;
    const renewal = this.#renew(stale, kind, purpose).finally(() => this.#running.delete(stale.id));
    this.#running.set(stale.id, renewal);
    return renewal;
  }

  async #renew(stale: Account, kind: WorkKind, purpose: RenewalPurpose): Promise<Account> {
    for (let pauses = 0; pauses <= mostPauses; pauses++) {
      if (pauses > 0) await this.#pause(Math.min(firstPause * 1.5 ** pauses, longestPause) * (0.5 + Math.random() / 2));
      const done = await this.#tryOnce(stale, kind, purpose);
      if (done !== undefined) return done;
    }
    throw new UpstreamUnavailableError('The account is being signed in at the moment, which takes longer than usual.');
  }

  /** @returns `undefined` when somebody else is at it. */
  async #tryOnce(stale: Account, kind: WorkKind, purpose: RenewalPurpose): Promise<Account | undefined> {
    const { rows, now, secretBox } = this.#options;
    const account = await rows.read(stale.id);
    if (account === undefined) throw signedOut(stale);
    if (account.secret !== stale.secret && tokenUsable(account, now())) return account;
    if (!isRenewable(account, purpose)) throw signedOut(account);
    if (account.renewal.until > now()) return undefined;
    const way = renewalWay(account, now());
    if (way === undefined) return this.#giveUp(account, purpose);
    // Opened first: a secret that can't be read is no reason to spend a refresh token.
    const secret = await openCurrentSecret(secretBox, account);
    const lease = await this.#leases.take(account, way);
    if (lease === undefined) return undefined;
    const run = new RenewalRun({ ...this.#options, leases: this.#leases, secret, lease });
    try {
      return await run.renew();
    } catch (error) {
      if (purpose === 'needed' && error instanceof UpstreamError) await this.#blame(run, kind, error);
      throw error;
    }
  }

  async #giveUp(account: Account, purpose: RenewalPurpose): Promise<never> {
    if (account.renewal.refreshSent) await this.#leases.giveUpRefreshToken(account);
    if (purpose === 'needed') await this.#options.effects.refuseToken(withoutRefresh(account), undefined);
    throw signedOut(account);
  }

  async #blame({ lease: { account, way }, refreshSpent }: RenewalRun, kind: WorkKind, error: UpstreamError) {
    const { effects } = this.#options;
    if (way === 'refresh' && refreshSpent) return effects.refuseToken(withoutRefresh(account), undefined);
    return effects.refuseSignIn(account, kind, error);
  }
}

/** The account as it is without its refresh token, for which there may be no way left to another token. */
function withoutRefresh(account: Account): Account {
  return { ...account, canRefresh: false };
}

function isRenewable({ state }: Account, purpose: RenewalPurpose): boolean {
  if (state === 'invalid') return purpose === 'asked';
  return state !== 'challenge' && state !== 'disabled';
}

function signedOut(account: Account): AccountUnauthorizedError {
  return new AccountUnauthorizedError(`The account ${account.label} is signed out and can't be signed in again.`);
}
