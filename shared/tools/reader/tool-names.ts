import type { ToolDefinition } from '../../chat/tool.ts';

/** What an explanation of the call format writes where a tool's name would stand. */
const placeholder = /[<>{}\s…]|\.\.\.|^(?:the_?)?(?:your_?)?(?:tool|function)?_?(?:name)?(?:_?here)?$/i;

/** Twice what a declared name may have, so that a namespace too many still fits. */
const longestName = 256;

/** Finds the declared tool that a model means. */
export class ToolNames {
  readonly #definitions: readonly ToolDefinition[];
  readonly #exact: Map<string, ToolDefinition>;
  readonly #folded: Map<string, ToolDefinition | undefined>;
  readonly #squeezed: Map<string, ToolDefinition | undefined>;

  constructor(definitions: readonly ToolDefinition[]) {
    this.#definitions = definitions;
    this.#exact = new Map(definitions.map((definition) => [definition.name, definition]));
    this.#folded = indexBy(definitions, fold);
    this.#squeezed = indexBy(definitions, squeeze);
  }

  /** The only tool there is; `undefined` when there are several. */
  get only(): ToolDefinition | undefined {
    return this.#definitions.length === 1 ? this.#definitions[0] : undefined;
  }

  /** By its name, whatever the case. */
  find(name: string): ToolDefinition | undefined {
    return this.#exact.get(name) ?? this.#folded.get(fold(name));
  }

  /** Also by a name with other separators, with a namespace too many, or without the namespace it has. */
  guess(name: string): ToolDefinition | undefined {
    const trimmed = name.trim();
    if (trimmed.length > longestName) return undefined;
    return (
      this.find(trimmed) ?? this.#squeezed.get(squeeze(trimmed)) ?? this.#without(trimmed) ?? this.#within(trimmed)
    );
  }

  /** `functions.get_weather` for `get_weather`. */
  #without(name: string): ToolDefinition | undefined {
    for (const { 0: separator, index } of name.matchAll(/\.|::?|\/|__/g)) {
      const rest = name.slice(index + separator.length);
      const found = rest === '' ? undefined : (this.find(rest) ?? this.#squeezed.get(squeeze(rest)));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `get_weather` for `mcp__travel__get_weather`, when no other tool ends so. */
  #within(name: string): ToolDefinition | undefined {
    if (name === '') return undefined;
    const ends = [...'._:/-'].map((separator) => separator + fold(name));
    const found = this.#definitions.filter((definition) => ends.some((end) => fold(definition.name).endsWith(end)));
    return found.length === 1 ? found[0] : undefined;
  }
}

/** Whether the name stands for any tool's name, in an explanation. */
export function isPlaceholder(name: string): boolean {
  return placeholder.test(name.trim());
}

function fold(name: string): string {
  return name.toLowerCase();
}

function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** A name that several share finds none. */
function indexBy(
  definitions: readonly ToolDefinition[],
  keyOf: (name: string) => string,
): Map<string, ToolDefinition | undefined> {
  const index = new Map<string, ToolDefinition | undefined>();
  for (const definition of definitions) {
    const key = keyOf(definition.name);
    index.set(key, index.has(key) ? undefined : definition);
  }
  return index;
}
