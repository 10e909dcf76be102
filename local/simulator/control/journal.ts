import type { IncomingHttpHeaders } from 'node:http';
import type { RouteKind } from '../http/route.ts';

/** One request as the simulator saw it. It fills up while the request is answered. */
export interface JournalEntry {
  /** Counts from 1, and goes on over a reset. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** `unknown` for paths that the upstream has not. */
  readonly route: RouteKind | 'unknown';
  /** Address of the account that the token names, valid or not. */
  readonly account: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body; `undefined` for none and for other kinds. */
  readonly body: unknown;
  readonly bodyBytes: number;
  /** The fault that was served instead of, or within, the answer. */
  fault: string | undefined;
  /** HTTP status, once the head was sent. */
  status: number | undefined;
  /** Pieces of answer text written so far; brought up to date when the answer pauses, stalls or ends. */
  chunks: number;
  /** Whether a stall is going on. */
  stalled: boolean;
  /** `client-gone`: the client closed the connection first. `cut`: the simulator did, as a fault. */
  outcome: 'open' | 'answered' | 'client-gone' | 'cut';
}

interface Waiter {
  readonly predicate: (entry: JournalEntry) => boolean;
  readonly resolve: (entry: JournalEntry) => void;
}

/** The last requests, and promises about the next ones. */
export class Journal {
  readonly #limit: number;
  #entries: JournalEntry[] = [];
  #count = 0;
  #forgotten = 0;
  #waiters: Waiter[] = [];

  /** @param limit how many entries are kept at least; at most twice as many are. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  open(
    seen: Omit<JournalEntry, 'number' | 'at' | 'fault' | 'status' | 'chunks' | 'stalled' | 'outcome'>,
  ): JournalEntry {
    this.#count += 1;
    const entry: JournalEntry = {
      number: this.#count,
      at: Date.now(),
      ...seen,
      fault: undefined,
      status: undefined,
      chunks: 0,
      stalled: false,
      outcome: 'open',
    };
    this.#entries.push(entry);
    if (this.#entries.length >= this.#limit * 2) {
      this.#entries = this.#entries.slice(-this.#limit);
    }
    this.changed(entry);
    return entry;
  }

  /** To be called after a change of an entry: wakes those who wait for it. */
  changed(entry: JournalEntry): void {
    if (this.#waiters.length === 0 || entry.number <= this.#forgotten) {
      return;
    }
    const waiting: Waiter[] = [];
    for (const waiter of this.#waiters) {
      if (waiter.predicate(entry)) {
        waiter.resolve(entry);
      } else {
        waiting.push(waiter);
      }
    }
    this.#waiters = waiting;
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Resolves with the first entry, past or future, that the predicate accepts at any moment of its life. */
  waitFor(predicate: (entry: JournalEntry) => boolean): Promise<JournalEntry> {
    const known = this.#entries.find(predicate);
    if (known !== undefined) {
      return Promise.resolve(known);
    }
    return new Promise((resolve) => this.#waiters.push({ predicate, resolve }));
  }

  /** Forgets the entries, unfinished ones too; those who wait go on waiting. */
  clear(): void {
    this.#forgotten = this.#count;
    this.#entries = [];
  }
}
