import { formsOf, shortestForm } from './secret-forms.ts';

const base = 0x01000193;
/** What a byte is worth when it leaves the window. */
const leaving = Array.from({ length: shortestForm - 1 }).reduce((power: number) => Math.imul(power, base), 1);

/**
 * Looks for many secrets in all their forms at once, in one pass: the hash of the last eight bytes rolls over the text,
 * and where it is the hash of some form's end, the whole form is compared.
 */
export class SecretScanner {
  readonly #forms = new Map<number, Buffer[]>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      for (const form of formsOf(secret)) this.#add(Buffer.from(form));
    }
  }

  /** @returns where secrets begin in the text, each place once, in order. */
  find(text: Buffer): readonly number[] {
    const found = new Set<number>();
    let hash = 0;
    for (const [index, byte] of text.entries()) {
      const left = index < shortestForm ? 0 : (text[index - shortestForm] ?? 0);
      hash = roll(hash, left, byte);
      const end = index + 1;
      for (const form of end < shortestForm ? [] : (this.#forms.get(hash) ?? [])) {
        if (text.subarray(Math.max(0, end - form.length), end).equals(form)) found.add(end - form.length);
      }
    }
    return [...found].toSorted((one, other) => one - other);
  }

  #add(form: Buffer): void {
    let hash = 0;
    for (const byte of form.subarray(-shortestForm)) hash = roll(hash, 0, byte);
    const same = this.#forms.get(hash);
    if (same === undefined) this.#forms.set(hash, [form]);
    else same.push(form);
  }
}

function roll(hash: number, left: number, entering: number): number {
  return (Math.imul(hash - Math.imul(left, leaving), base) + entering) | 0;
}
