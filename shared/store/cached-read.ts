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
  #held: { value: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #changes = 0;

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

  /**
   * Changes the held value, after a write that this instance has made itself. A load that began before is dropped when
   * it arrives, since it may not have seen the write.
   */
  change(edit: (value: T) => T): void {
    this.#changes += 1;
    if (this.#held !== undefined) this.#held.value = edit(this.#held.value);
  }

  /** Resolves when no load is under way; never rejects. */
  async idle(): Promise<void> {
    await this.#loading?.catch(() => undefined);
  }

  async #load(): Promise<T> {
    const loadedAt = this.#options.now();
    const changes = this.#changes;
    this.#attemptedAt = loadedAt;
    const value = await this.#options.load();
    if (this.#held !== undefined && this.#changes !== changes) return this.#held.value;
    this.#held = { value, loadedAt };
    return value;
  }
}
