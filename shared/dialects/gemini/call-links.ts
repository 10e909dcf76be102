/** What names a call or its result: ids may be missing (client-apis C.3). */
interface Named {
  readonly id?: string | null | undefined;
  readonly name: string;
}

/** Gives every call of a conversation an id, and finds the call that a result answers: by id, else by name and order. */
export class CallLinks {
  readonly #known = new Set<string>();
  readonly #answered = new Set<string>();
  readonly #byName = new Map<string, string[]>();
  #made = 0;

  /** @returns the id of the next call; the same conversation always gives the same ids. */
  called({ id, name }: Named): string {
    const given = id || this.#makeId();
    this.#known.add(given);
    this.#answered.delete(given);
    const ids = this.#byName.get(name) ?? [];
    ids.push(given);
    this.#byName.set(name, ids);
    return given;
  }

  /** @returns the id of the call that a result answers; one of its own when there is no such call. */
  answered({ id, name }: Named): string {
    const answered = id && this.#known.has(id) ? id : (this.#nextOf(name) ?? (id || this.#makeId()));
    this.#answered.add(answered);
    return answered;
  }

  #nextOf(name: string): string | undefined {
    const ids = this.#byName.get(name) ?? [];
    let next = ids.shift();
    while (next !== undefined && this.#answered.has(next)) next = ids.shift();
    return next;
  }

  #makeId(): string {
    this.#made += 1;
    return `unnamed-call-${this.#made}`;
  }
}
