import { AccountUnauthorizedError } from '../chat/errors/account-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import { readTokenClaims } from '../chat/token-claims.ts';
import type { Session, WorkKind } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Account } from './account.ts';
import type { AccountRows } from './account-rows.ts';
import { openSecret, sealSecret } from './account-secret.ts';
import { tokenUsable } from './availability.ts';
import { type FaultEffects, isYoung } from './fault-effects.ts';

/** Signs in at the upstream. @throws GatewayError */
export type SignIn = (email: string, password: string) => Promise<Session>;

/** What sign-ins work with. */
export interface SignInsOptions {
  readonly rows: AccountRows;
  readonly effects: FaultEffects;
  readonly secretBox: SecretBox;
  readonly signIn: SignIn;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Gets new tokens for accounts that have an e-mail address and a password; one sign-in per account at a time. */
export class SignIns {
  readonly #options: SignInsOptions;
  readonly #running = new Map<string, Promise<Account>>();

  constructor(options: SignInsOptions) {
    this.#options = options;
  }

  /**
   * Gives the account with another token than the one it had. Somebody else's renewal is taken before an own sign-in.
   *
   * @param stale the account with the secret that is of no use any more.
   * @throws AccountUnauthorizedError when there is no way to a new token.
   * @throws GatewayError as the sign-in itself throws; the account's state is changed accordingly.
   */
  renew(stale: Account, kind: WorkKind): Promise<Account> {
    const running = this.#running.get(stale.id);
    if (running !== undefined) return running;
    const renewal = this.#renew(stale, kind).finally(() => this.#running.delete(stale.id));
    this.#running.set(stale.id, renewal);
    return renewal;
  }

  async #renew(stale: Account, kind: WorkKind): Promise<Account> {
    const { rows, effects, now } = this.#options;
    const account = await rows.read(stale.id);
    if (account === undefined) throw signedOut(stale);
    if (account.secret !== stale.secret && tokenUsable(account, now())) return account;
    if (account.state !== 'ok') throw signedOut(account);
    if (!account.canSignIn || isYoung(account, now())) {
      await effects.refuseToken(account, undefined);
      throw signedOut(account);
    }
    try {
      return await this.#signIn(account);
    } catch (error) {
      if (error instanceof UpstreamError) await effects.refuseSignIn(account, kind, error);
      throw error;
    }
  }

  async #signIn(account: Account): Promise<Account> {
    const { rows, secretBox, signIn, now } = this.#options;
    const secret = await openSecret(secretBox, account.id, account.secret);
    if (secret.email === undefined || secret.password === undefined) throw signedOut(account);
    const { token, expiresAt, refreshToken } = await signIn(secret.email, secret.password);
    const sealed = await sealSecret(secretBox, account.id, {
      ...secret,
      token,
      ...(refreshToken !== undefined && { refreshToken }),
    });
    const tokenExpiresAt = expiresAt ?? readTokenClaims(token).expiresAt;
    const renewed = await rows.renew(account, { secret: sealed, tokenExpiresAt, signedInAt: now() });
    if (renewed === undefined || !tokenUsable(renewed, now())) throw signedOut(account);
    return renewed;
  }
}

function signedOut(account: Account): AccountUnauthorizedError {
  return new AccountUnauthorizedError(`The account ${account.label} is signed out and can't be signed in again.`);
}
