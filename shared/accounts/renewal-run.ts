import { AccountUnauthorizedError, ChallengeError, RateLimitedError } from '../chat/errors/account-faults.ts';
import { UpstreamUnavailableError, UpstreamUnreachableError } from '../chat/errors/answer-faults.ts';
import type { RefreshGrant, Session } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Account } from './account.ts';
import type { AccountRows } from './account-rows.ts';
import { type AccountSecret, sealSecret } from './account-secret.ts';
import { tokenUsable } from './availability.ts';
import type { RenewalLease, RenewalLeases } from './renewal-leases.ts';
import { maySignIn } from './renewal-way.ts';
import { kindOf, renewSecret } from './renewed-secret.ts';
import { tokenAttributes } from './secret-attributes.ts';
import { changeState } from './state-change.ts';

/** Signs in at the upstream. @param proxyUrl the account's own, when it has one. @throws GatewayError */
export type SignIn = (email: string, password: string, proxyUrl?: string) => Promise<Session>;

/** Changes a refresh token for a new token, as `ChatUpstream.refresh` does. @throws GatewayError */
export type Refresh = (grant: RefreshGrant) => Promise<Session>;

/** Where new tokens come from. */
export interface TokenSources {
  readonly signIn: SignIn;
  readonly refresh: Refresh;
}

export interface RenewalRunOptions extends TokenSources {
  readonly leases: RenewalLeases;
  readonly rows: Pick<AccountRows, 'read'>;
  readonly secretBox: SecretBox;
  /** Of the lease's account. */
  readonly secret: AccountSecret;
  readonly lease: RenewalLease;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One renewal of one account's token, by whoever holds the lease for it. */
export class RenewalRun {
  readonly #options: RenewalRunOptions;
  #lease: RenewalLease;
  #refreshSpent = false;

  constructor(options: RenewalRunOptions) {
    this.#options = options;
    this.#lease = options.lease;
  }

  /** The lease as it is now: a refresh that gave nothing turns to a sign-in. */
  get lease(): RenewalLease {
    return this.#lease;
  }

  /** Whether the refresh token was used up for nothing, and there was no other way. */
  get refreshSpent(): boolean {
    return this.#refreshSpent;
  }

  /**
   * Gets a new token and stores it. The lease is over afterwards, however this ends.
   *
   * @throws GatewayError as the refresh or the sign-in throws.
   */
  async renew(): Promise<Account> {
    const session = this.#lease.way === 'refresh' ? await this.#refresh() : await this.#signIn();
    return this.#store(session);
  }

  async #refresh(): Promise<Session> {
    const { refresh, leases, secret, now } = this.#options;
    try {
      return await refresh(grantOf(secret));
    } catch (error) {
      if (isUnused(error)) {
        await leases.release(this.#lease, {});
        throw error;
      }
      // Refused, or nobody knows: a refresh token is never sent a second time.
      if (maySignIn(this.#lease.account, now())) return this.#signInInstead();
      this.#refreshSpent = true;
      await leases.release(this.#lease, { canRefresh: false });
      throw error;
    }
  }

  async #signInInstead(): Promise<Session> {
    const lease = await this.#options.leases.turnToSignIn(this.#lease);
    if (lease === undefined) throw new UpstreamUnavailableError('The account is being signed in by another instance.');
    this.#lease = lease;
    return this.#signIn();
  }

  async #signIn(): Promise<Session> {
    const { signIn, leases, secret, now } = this.#options;
    const { email, password, proxyUrl } = secret;
    try {
      if (email === undefined || password === undefined) throw new AccountUnauthorizedError('There is no password.');
      return await signIn(email, password, proxyUrl);
    } catch (error) {
      await leases.release(this.#lease, { renewalFailedAt: now() });
      throw error;
    }
  }

  async #store(session: Session): Promise<Account> {
    const { leases, rows, secretBox, secret, now } = this.#options;
    const { account, way } = this.#lease;
    const sealed = await sealSecret(secretBox, account.id, renewSecret(secret, session, now()));
    const { tokenExpiresAt } = tokenAttributes(session.token);
    const set = {
      secret: sealed,
      hasToken: true,
      tokenKind: kindOf(session),
      tokenExpiresAt: session.expiresAt ?? tokenExpiresAt,
      [way === 'refresh' ? 'refreshedAt' : 'signedInAt']: now(),
      // The one that a sign-in did not ask for stays as good as it was.
      ...(session.refreshToken !== undefined ? { canRefresh: true } : way === 'refresh' && { canRefresh: false }),
    };
    const remove = ['cookies', 'renewalFailedAt'];
    if (set.tokenExpiresAt === undefined) remove.push('tokenExpiresAt');
    await leases.finish(this.#lease, set, remove, changeState(account, 'token-gained'));
    const renewed = await rows.read(account.id);
    if (renewed !== undefined && renewed.secret !== account.secret && tokenUsable(renewed, now())) return renewed;
    throw new AccountUnauthorizedError(`The account ${account.label} got a token that can't be used.`);
  }
}

/** Whether a failed refresh is sure not to have used the refresh token: it met nobody, or only who stands before. */
function isUnused(error: unknown): boolean {
  return (
    error instanceof UpstreamUnreachableError || error instanceof ChallengeError || error instanceof RateLimitedError
  );
}

function grantOf({ refreshToken, token, cookie, proxyUrl }: AccountSecret): RefreshGrant {
  if (refreshToken === undefined) throw new AccountUnauthorizedError('There is no refresh token.');
  return { refreshToken, token, cookie, proxyUrl };
}
