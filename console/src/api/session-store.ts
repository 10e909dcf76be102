/** Who is signed in. The form of the answer to `POST /admin/session`. */
export interface Session {
  readonly token: string;
  /** ISO time. */
  readonly expires_at: string;
  readonly key: { readonly id: string; readonly name: string; readonly role: string };
}

const storageName = 'qwen-gateway.session';

/**
 * Keeps the session of this tab, which ends with the tab. It is never in an address, and the key itself is not kept.
 */
export class SessionStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #listeners = new Set<(session: Session | undefined) => void>();
  #session: Session | undefined;

  /** @param now epoch milliseconds. */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, now = Date.now()) {
    this.#storage = storage;
    const kept = readSession(storage.getItem(storageName));
    this.#session = kept !== undefined && Date.parse(kept.expires_at) > now ? kept : undefined;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  set(session: Session | undefined): void {
    this.#session = session;
    if (session === undefined) this.#storage.removeItem(storageName);
    else this.#storage.setItem(storageName, JSON.stringify(session));
    for (const listener of this.#listeners) listener(session);
  }

  onChange(listener: (session: Session | undefined) => void): void {
    this.#listeners.add(listener);
  }
}

/** @returns `undefined` for what is no session. */
function readSession(text: string | null): Session | undefined {
  try {
    const { token, expires_at, key } = JSON.parse(text ?? '');
    const { id, name, role } = key;
    const texts: readonly unknown[] = [token, expires_at, id, name, role];
    return texts.every((value) => typeof value === 'string')
      ? { token, expires_at, key: { id, name, role } }
      : undefined;
  } catch {
    return undefined;
  }
}
