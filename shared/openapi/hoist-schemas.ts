import type { JsonSchema } from './json-schema.ts';

const prefix = '#/components/schemas/';

/** Takes schemas with a name out of the places where they are used, and puts references there. */
export class SchemaShelf {
  readonly #schemas = new Map<string, unknown>();
  /** As they were before their own parts were taken out, to know two of one name apart. */
  readonly #originals = new Map<string, string>();

  /** @returns the value with references. @throws Error when two different schemas have the same name. */
  hoist(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.hoist(entry));
    if (typeof value !== 'object' || value === null) return value;
    return 'title' in value && typeof value.title === 'string'
      ? this.#shelve(value.title, value)
      : this.#members(value);
  }

  /** By name, in alphabetical order. */
  schemas(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#schemas].sort(([one], [other]) => one.localeCompare(other)));
  }

  #shelve(title: string, schema: object): JsonSchema {
    const original = JSON.stringify(schema);
    const known = this.#originals.get(title);
    if (known !== undefined && known !== original) throw new Error(`Two schemas have the name ${title}.`);
    if (known === undefined) {
      this.#originals.set(title, original);
      this.#schemas.set(title, this.#members(schema));
    }
    return { $ref: prefix + title };
  }

  #members(value: object): object {
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, this.hoist(held)]));
  }
}
