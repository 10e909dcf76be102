/** Work that several callers wait for. */
interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  passengers: number;
}

/** Does the same work once for all who ask for it while it is under way. */
export class SingleFlight<Result> {
  readonly #flights = new Map<string, Flight<Result>>();

  /**
   * @param key work with the same key is the same.
   * @param signal ends this caller's waiting; the work itself is given up when nobody waits for it any more.
   * @throws what the work throws; the signal's reason.
   */
  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#begin(key, work);
    flight.passengers += 1;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      flight.passengers -= 1;
      if (flight.passengers === 0) this.#end(key, flight, signal.reason);
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController();
    const flight = { result: work(controller.signal), controller, passengers: 0 };
    // Everybody may have left when it fails.
    flight.result.catch(() => undefined);
    this.#flights.set(key, flight);
    return flight;
  }

  /** Nobody may join work that is being given up. */
  #end(key: string, flight: Flight<Result>, reason: unknown): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.controller.abort(reason);
  }
}
