import { isRecord } from '../../is-record.ts';
import { LocalRuntimeError } from '../../local-runtime-error.ts';
import { parsePath } from './path.ts';
import { wrongPath } from './payload-template.ts';

/** Reads the fields of one part of a definition, and notices those that nobody asked for. */
export class Fields {
  readonly #where: string;
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #asked = new Set(['Comment', 'QueryLanguage']);

  /** @throws LocalRuntimeError when it is no object, or asks for another query language. */
  constructor(where: string, given: unknown) {
    this.#where = where;
    this.#given = isRecord(given) ? given : this.#refuse('is no object');
    const { QueryLanguage: language = 'JSONPath' } = this.#given;
    if (language !== 'JSONPath') this.#refuse(`has the query language ${String(language)}`);
  }

  any(name: string): unknown {
    this.#asked.add(name);
    return this.#given[name];
  }

  text(name: string): string | undefined {
    const value = this.any(name);
    return value === undefined || typeof value === 'string' ? value : this.#refuse(`has a wrong ${name}`);
  }

  required(name: string): string {
    return this.text(name) ?? this.#refuse(`has no ${name}`);
  }

  number(name: string): number | undefined {
    const value = this.any(name);
    return value === undefined || typeof value === 'number' ? value : this.#refuse(`has a wrong ${name}`);
  }

  list(name: string): readonly unknown[] {
    const value = this.any(name) ?? [];
    return Array.isArray(value) ? value : this.#refuse(`has a wrong ${name}`);
  }

  texts(name: string): readonly string[] {
    return this.list(name).map((value) => (typeof value === 'string' ? value : this.#refuse(`has a wrong ${name}`)));
  }

  /** A path that may be absent. */
  path(name: string): string | undefined {
    const value = this.text(name);
    if (value !== undefined && parsePath(value) === undefined) this.#refuse(`has no simple path in ${name}: ${value}`);
    return value;
  }

  /** A path that is `$` when absent and may be `null`. */
  flowPath(name: string): string | null {
    return this.any(name) === null ? null : (this.path(name) ?? '$');
  }

  template(name: string): unknown {
    const value = this.any(name);
    const wrong = wrongPath(value);
    return wrong === undefined ? value : this.#refuse(`has no simple path in ${name}: ${wrong}`);
  }

  /** @throws LocalRuntimeError when there is a field that was not asked for. */
  end(): void {
    const unknown = Object.keys(this.#given).filter((name) => !this.#asked.has(name));
    if (unknown.length > 0) this.#refuse(`has ${unknown.join(', ')}, which the local runtime does not know`);
  }

  #refuse(problem: string): never {
    throw new LocalRuntimeError(`${this.#where} of a state machine ${problem}.`);
  }
}
