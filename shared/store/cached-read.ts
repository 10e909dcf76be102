/** How a `CachedRead` loads and for how long it trusts what it has. */
export interface CachedReadOptions<T> {
  readonly load: () => Promise<T>;
  /** Until this age the value is given without a thought. */
  readonly freshForMilliseconds: number;
  /** Until this age the value is given at once while a newer one is loaded; an older one is waited for. */
  readonly staleForMilliseconds: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A value read from the store, kept per instance and renewed behind the back of its readers. */
export class CachedRead<T> {
  readonly #options: CachedReadOptions<T>;
  #held: { readonly value: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;
  #attemptedAt = Number.NEGATIVE_INFINITY;

  constructor(options: CachedReadOptions<T>) {
    this.#options = options;
  }

  /** When the last load began, in epoch milliseconds; minus infinity before the first. */
  get attemptedAt(): number {
    return this.#attemptedAt;
  }

  /** Whether a load is under way. */
  get loading(): boolean {
    return this.#loading !== undefined;
  }

  /** The value: at once when there is one that is young enough, else after a load, whose error is thrown. */
  current(): T | Promise<T> {
    const held = this.#held;
    if (held === undefined) return this.reload();
    const { freshForMilliseconds, staleForMilliseconds, now } = this.#options;
    const time = now();
    const age = time - held.loadedAt;
    if (age < freshForMilliseconds) return held.value;
    if (age > staleForMilliseconds) return this.reload();
    // A failed load is not tried again before a fresh one would be due; readers go on with the old value.
    if (time - this.#attemptedAt >= freshForMilliseconds) this.reload().catch(() => undefined);
    return held.value;
  }

  /** Loads now, or joins the load under way. */
  reload(): Promise<T> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Resolves when no load is under way; never rejects. */
  async idle(): Promise<void> {
    await this.#loading?.catch(() => undefined);
  }

  async #load(): Promise<T> {
    const loadedAt = this.#options.now();
    this.#attemptedAt = loadedAt;
    const value = await this.#options.load();
    this.#held = { value, loadedAt };
    return value;
  }
}
