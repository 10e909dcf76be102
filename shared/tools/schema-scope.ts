import type { JsonSchema } from '../chat/tool.ts';
import { isSchema, resolveReference } from './schema-reference.ts';

/** Characters that the targets of references may add to the description of one tool: a target may be huge, or hold itself. */
const mostReferred = 20_000;
/** What each reference counts for beside that. */
const leastCost = 16;

/** The schema into which references lead, and how much they may still add. */
export class SchemaScope {
  readonly #root: JsonSchema;
  #left = mostReferred;

  /** @param root of all schemas that are described in it. */
  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /**
   * Describes a schema, or what its reference leads to.
   *
   * @param describe gets `undefined` for a reference that leads nowhere, or too far.
   */
  describe<Description extends string | readonly string[]>(
    schema: unknown,
    describe: (resolved: unknown) => Description,
  ): Description {
    if (!isSchema(schema) || typeof schema.$ref !== 'string') return describe(schema);
    if (this.#left <= 0) return describe(undefined);
    this.#left -= leastCost;
    const description = describe(resolveReference(schema, this.#root));
    this.#left -= sizeOf(description);
    return description;
  }
}

function sizeOf(description: string | readonly string[]): number {
  if (typeof description === 'string') return description.length;
  return description.reduce((size, line) => size + line.length, 0);
}
