import { createHash, randomUUID } from 'node:crypto';
import { readToken, type TokenClaims, writeToken } from './token.ts';

export interface AccountSpec {
  readonly email: string;
  readonly password: string;
  /** Which token a sign-in gives: the 30-day session token (default) or the 900-second access token (qwen-web §1.2). */
  readonly signInWith?: 'session' | 'access' | undefined;
}

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Lower-case hex SHA-256. */
  readonly passwordHash: string;
  readonly signInWith: 'session' | 'access';
  /** Tokens of older generations are expired. */
  generation: number;
}

export interface IssuedToken {
  readonly token: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

const lifetimeSeconds = { session: 30 * 86_400, access: 900 } as const;
const passwordChangedAt = 1_750_000_000;

/** The registered accounts and their tokens. */
export class AccountBook {
  readonly #byEmail = new Map<string, Account>();
  readonly #byId = new Map<string, Account>();
  readonly #claims = new Map<string, TokenClaims>();
  readonly #refreshTokens = new Map<string, Account>();
  readonly #usedRefreshTokens = new Set<string>();

  /** Registers an account; one with the same address is replaced. */
  add(spec: AccountSpec): Account {
    const account: Account = {
      id: idOf(spec.email),
      email: spec.email,
      name: spec.email.split('@')[0] ?? spec.email,
      passwordHash: createHash('sha256').update(spec.password).digest('hex'),
      signInWith: spec.signInWith ?? 'session',
      generation: this.#byEmail.get(spec.email)?.generation ?? 0,
    };
    this.#byEmail.set(account.email, account);
    this.#byId.set(account.id, account);
    return account;
  }

  find(email: string): Account | undefined {
    return this.#byEmail.get(email);
  }

  list(): readonly Account[] {
    return [...this.#byEmail.values()];
  }

  remove(email: string): boolean {
    const account = this.#byEmail.get(email);
    if (account === undefined) {
      return false;
    }
    this.#byId.delete(account.id);
    return this.#byEmail.delete(email);
  }

  clear(): void {
    this.#byEmail.clear();
    this.#byId.clear();
    this.#claims.clear();
    this.#refreshTokens.clear();
    this.#usedRefreshTokens.clear();
  }

  /** Ends the life of every token issued so far, of refresh tokens only when asked for. */
  expireTokens(email: string, options: { readonly refreshTokens?: boolean | undefined } = {}): boolean {
    const account = this.#byEmail.get(email);
    if (account === undefined) {
      return false;
    }
    account.generation += 1;
    if (options.refreshTokens === true) {
      for (const [token, owner] of this.#refreshTokens) {
        if (owner.id === account.id) {
          this.#refreshTokens.delete(token);
        }
      }
    }
    return true;
  }

  issue(account: Account, kind: 'session' | 'access'): IssuedToken {
    const expiresAt = Math.floor(Date.now() / 1000) + lifetimeSeconds[kind];
    const token = writeToken({
      id: account.id,
      ...(kind === 'access' ? { type: 'access_token' as const } : {}),
      last_password_change: passwordChangedAt,
      exp: expiresAt,
      generation: account.generation,
    });
    return { token, expiresAt };
  }

  issueRefreshToken(account: Account): string {
    const token = `refresh-${randomUUID()}`;
    this.#refreshTokens.set(token, account);
    return token;
  }

  /** Takes a refresh token, which is thereby used up. */
  redeem(refreshToken: string): Account | 'reused' | undefined {
    const account = this.#refreshTokens.get(refreshToken);
    if (account === undefined) {
      return this.#usedRefreshTokens.has(refreshToken) ? 'reused' : undefined;
    }
    this.#refreshTokens.delete(refreshToken);
    this.#usedRefreshTokens.add(refreshToken);
    return this.#byId.get(account.id);
  }

  /** The account that a token names, and whether the token is (still) good. */
  identify(token: string): { readonly account: Account; readonly valid: boolean } | undefined {
    const claims = this.#claims.get(token) ?? readToken(token);
    const account = claims && this.#byId.get(claims.id);
    if (claims === undefined || account === undefined) {
      return undefined;
    }
    this.#claims.set(token, claims);
    return { account, valid: claims.exp * 1000 > Date.now() && claims.generation === account.generation };
  }
}

/** A UUID made of the address, so that an account keeps its id over restarts. */
function idOf(email: string): string {
  const hex = createHash('sha256').update(email).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
