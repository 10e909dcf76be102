import { SessionExpiredError } from '../../chat/errors/request-errors.ts';
import { isSessionToken } from '../../chat/session-token.ts';
import type { GatewayKey } from '../../keys/gateway-key.ts';
import { hashKey } from '../../keys/hash-key.ts';
import { newSessionToken, newSignInId, type StoredSession, sessionMinutes, signInHours } from '../../keys/session.ts';
import { addSession, listSessions, removeSession } from '../../keys/stored-sessions.ts';
import type { Table } from '../../store/table.ts';
import { NoSessionError } from '../admin-errors.ts';

const lifetime = sessionMinutes * 60_000;
const renewableFor = signInHours * 3_600_000;
const mostSessions = 20;

export interface SessionDeskOptions {
  readonly table: Table;
  /** Lets a change count here at once. */
  readonly changed: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Signing in and out. All methods throw StoreUnavailableError. */
export class SessionDesk {
  readonly #options: SessionDeskOptions;
  readonly #now: () => number;

  constructor(options: SessionDeskOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Begins a session of the key, or one that follows the session which was shown: that one goes on until its own end, so
   * that requests under way are not cut off.
   *
   * @param presented the key or the session's token.
   * @throws SessionExpiredError
   */
  async begin(
    key: Pick<GatewayKey, 'id' | 'expiresAt'>,
    presented: string,
  ): Promise<{ token: string; session: StoredSession }> {
    const now = this.#now();
    const known = await listSessions(this.#options.table);
    const before = isSessionToken(presented) ? sessionOf(known, presented, now) : undefined;
    const signedInAt = before?.signedInAt ?? now;
    const expiresAt = Math.min(now + lifetime, signedInAt + renewableFor, key.expiresAt ?? Number.POSITIVE_INFINITY);
    if (expiresAt <= now) throw new SessionExpiredError();
    const { token, hash } = newSessionToken();
    const signInId = before?.signInId ?? newSignInId();
    const session = { hash, parentId: key.id, signInId, signedInAt, createdAt: now, expiresAt };
    await addSession(this.#options.table, session);
    for (const other of superfluous(known, key.id, now)) await removeSession(this.#options.table, other);
    await this.#options.changed();
    return { token, session };
  }

  /** @returns the session of this token, `undefined` for a key. @throws SessionExpiredError */
  async find(presented: string): Promise<StoredSession | undefined> {
    if (!isSessionToken(presented)) return undefined;
    return sessionOf(await listSessions(this.#options.table), presented, this.#now());
  }

  /** Ends a sign-in with all that has followed from it. @throws NoSessionError, SessionExpiredError */
  async end(presented: string): Promise<void> {
    if (!isSessionToken(presented)) throw new NoSessionError();
    const known = await listSessions(this.#options.table);
    const { signInId } = sessionOf(known, presented, this.#now());
    for (const session of known) {
      if (session.signInId === signInId) await removeSession(this.#options.table, session);
    }
    await this.#options.changed();
  }
}

function sessionOf(known: readonly StoredSession[], presented: string, now: number): StoredSession {
  const hash = hashKey(presented).toString('hex');
  const session = known.find((one) => one.hash === hash);
  if (session === undefined || session.expiresAt <= now) throw new SessionExpiredError();
  return session;
}

/** Those that are over, and the oldest beyond what a key may have beside the newest. */
function superfluous(known: readonly StoredSession[], parentId: string, now: number): readonly StoredSession[] {
  const own = known.filter((session) => session.parentId === parentId);
  const living = own
    .filter(({ expiresAt }) => expiresAt > now)
    .toSorted((one, other) => other.createdAt - one.createdAt);
  return [...own.filter(({ expiresAt }) => expiresAt <= now), ...living.slice(mostSessions - 1)];
}
