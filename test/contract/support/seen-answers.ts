import type { Contract } from './contract.ts';

/** Which answers of which routes were seen, and were as documented. */
export class SeenAnswers {
  readonly #good = new Set<string>();
  readonly #errors = new Set<string>();
  #count = 0;

  note(key: string, status: number, code: string | undefined): void {
    this.#count += 1;
    if (code === undefined) this.#good.add(`${key} ${status}`);
    else this.#errors.add(`${key} ${code}`);
  }

  /** How many answers were looked at. */
  get count(): number {
    return this.#count;
  }

  hasGood(key: string, status: number): boolean {
    return this.#good.has(`${key} ${status}`);
  }

  hasError(key: string, code: string): boolean {
    return this.#errors.has(`${key} ${code}`);
  }

  /** Whether any route has answered with the code. */
  hasCode(code: string): boolean {
    return [...this.#errors].some((error) => error.endsWith(` ${code}`));
  }

  /** Documented good answers that nobody has seen, as `KEY STATUS`. */
  missingGood({ routes }: Contract): readonly string[] {
    return routes.flatMap(({ key, document }) =>
      Object.keys(document.answers)
        .filter((status) => !this.hasGood(key, Number(status)))
        .map((status) => `${key} ${status}`),
    );
  }

  /** Documented codes that nobody has seen, each with its routes. */
  missingCodes(contract: Contract): ReadonlyMap<string, readonly string[]> {
    const missing = new Map<string, string[]>();
    for (const { key } of contract.routes) {
      for (const code of [...contract.codesOf(key).values()].flat()) {
        if (!this.hasError(key, code)) missing.set(code, [...(missing.get(code) ?? []), key]);
      }
    }
    return missing;
  }
}
