import { setImmediate as turn } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** A clock that stands still while anything runs, and then jumps to the next timer. */
export class SimulatedTime {
  #now: number;
  #order = 0;
  readonly #heap: Timer[] = [];

  /** @param start epoch milliseconds. */
  constructor(start: number) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, action: () => void): (() => void) => {
    const timer: Timer = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, action };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  };

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Lets everything happen up to a time. */
  async runUntil(end: number): Promise<void> {
    await turn();
    for (let timer = this.#heap[0]; timer !== undefined && timer.at <= end; timer = this.#heap[0]) {
      this.#pop();
      if (timer.action === undefined) continue;
      this.#now = timer.at;
      timer.action();
      await turn();
    }
    this.#now = end;
  }

  /** Lets time pass until something has come about. @throws Error when nothing is left to wait for. */
  async during<Result>(result: Promise<Result>): Promise<Result> {
    let over = false;
    const end = () => {
      over = true;
    };
    result.then(end, end);
    await turn();
    while (!over) {
      const next = this.#heap[0];
      if (next === undefined) throw new Error('Nothing will happen any more.');
      await this.runUntil(next.at);
    }
    return result;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#earlier(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = right < heap.length && this.#earlier(right, left) ? right : left;
      if (child >= heap.length || !this.#earlier(child, at)) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #earlier(one: number, other: number): boolean {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (first === undefined || second === undefined) return;
    this.#heap[one] = second;
    this.#heap[other] = first;
  }
}
