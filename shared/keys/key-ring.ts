import { timingSafeEqual } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { isSessionToken } from '../chat/session-token.ts';
import { CachedRead } from '../store/cached-read.ts';
import type { Table } from '../store/table.ts';
import type { GatewayKey, StoredKey } from './gateway-key.ts';
import { hashKey } from './hash-key.ts';
import type { StoredSession } from './session.ts';
import { listKeysAndSessions } from './stored-sessions.ts';

const freshForMilliseconds = 10_000;
// A removed key works no longer than this on an instance that slept.
const staleForMilliseconds = 60_000;
const unknownKeyReloadMilliseconds = 1000;

interface Entry {
  readonly hash: Buffer;
  readonly key: GatewayKey;
}

/** Knows which keys are good. All keys of the table are held in memory, so that a request costs no read. */
export class KeyRing {
  readonly #entries: CachedRead<readonly Entry[]>;
  readonly #now: () => number;
  readonly #pause: (milliseconds: number) => Promise<unknown>;

  /** @param now epoch milliseconds. */
  constructor(
    table: Table,
    now: () => number = Date.now,
    pause: (milliseconds: number) => Promise<unknown> = pauseFor,
  ) {
    this.#now = now;
    this.#pause = pause;
    this.#entries = new CachedRead({
      load: async () => entriesOf(await listKeysAndSessions(table)),
      freshForMilliseconds,
      staleForMilliseconds,
      now,
    });
  }

  /**
   * @param presented what the caller sent as its key.
   * @returns the key, `undefined` when there is none like it. A key added a moment ago is found within a second: an
   * unknown one has the keys read again, at most once a second however many wrong keys come.
   * @throws StoreUnavailableError when the keys were never read, or too long ago.
   */
  async find(presented: string): Promise<GatewayKey | undefined> {
    if (presented === '') return undefined;
    const hash = hashKey(presented);
    const known = match(await this.#entries.current(), hash);
    if (known !== undefined) return known;
    if (isSessionToken(presented)) return this.#findSession(hash);
    const asked = this.#now() - this.#entries.attemptedAt < unknownKeyReloadMilliseconds;
    if (asked && !this.#entries.loading) return undefined;
    return match(await this.#entries.reload(), hash);
  }

  /** A page calls several functions as soon as it has a session, so this waits for the next look at the table. */
  async #findSession(hash: Buffer): Promise<GatewayKey | undefined> {
    // A look that is under way may have begun before the session did.
    await this.#entries.idle();
    await this.#pause(Math.max(0, this.#entries.attemptedAt + unknownKeyReloadMilliseconds - this.#now()));
    return match(await this.#entries.reload(), hash);
  }

  /**
   * @returns the key of this id, `undefined` when there is none, were it only just added.
   * @throws StoreUnavailableError
   */
  async findById(id: string): Promise<GatewayKey | undefined> {
    const ofId = (entries: readonly Entry[]) => entries.find(({ key }) => key.id === id && !key.session)?.key;
    return ofId(await this.#entries.current()) ?? ofId(await this.#entries.reload());
  }

  /** Begins to read the keys when there are none that are young enough. Never rejects. */
  preload(): void {
    const entries = this.#entries.current();
    if (entries instanceof Promise) entries.catch(() => undefined);
  }

  /** Reads the keys again, so that a change that was made here counts here at once. @throws StoreUnavailableError */
  async refresh(): Promise<void> {
    // One that is under way may have read the keys as they were.
    await this.#entries.idle();
    await this.#entries.reload();
  }

  /** Resolves when nothing runs in the background, for the end of an invocation. Never rejects. */
  flush(): Promise<void> {
    return this.#entries.idle();
  }
}

/** Sessions count as their keys, and only as long as these are admin keys. */
function entriesOf({ keys, sessions }: Awaited<ReturnType<typeof listKeysAndSessions>>): readonly Entry[] {
  const entries = keys.map(toEntry);
  const admins = new Map(entries.filter(({ key }) => key.role === 'admin').map(({ key }) => [key.id, key]));
  return [...entries, ...sessions.flatMap((session) => sessionEntry(session, admins.get(session.parentId)) ?? [])];
}

function sessionEntry({ hash, expiresAt }: StoredSession, key: GatewayKey | undefined): Entry | undefined {
  if (key === undefined) return undefined;
  const end = Math.min(expiresAt, key.expiresAt ?? Number.POSITIVE_INFINITY);
  return { hash: Buffer.from(hash, 'hex'), key: { ...key, expiresAt: end, session: true } };
}

function toEntry({ hash, source: _, createdAt: __, leavingUntil: ___, ...key }: StoredKey): Entry {
  return { hash: Buffer.from(hash, 'hex'), key };
}

// Looks at every entry, found or not, so that the time tells nothing about the keys.
function match(entries: readonly Entry[], hash: Buffer): GatewayKey | undefined {
  let found: GatewayKey | undefined;
  for (const entry of entries) {
    if (timingSafeEqual(entry.hash, hash)) found = entry.key;
  }
  return found;
}
