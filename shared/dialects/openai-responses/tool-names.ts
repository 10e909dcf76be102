import type { ToolDefinition } from '../../chat/tool.ts';

/** A tool as the client knows it. */
export interface ClientToolName {
  readonly name: string;
  /** Only when the name alone would be another tool's. */
  readonly namespace?: string;
}

/**
 * The tools of one request, namespaces flattened. A tool bears its plain name; only when another namespace has that name
 * already it becomes `namespace.name`, and its calls go back with both.
 */
export class ToolNames {
  readonly #definitions: ToolDefinition[] = [];
  readonly #places = new Map<string, number>();
  readonly #taken = new Set<string>();
  readonly #qualified = new Map<string, ClientToolName>();

  get definitions(): readonly ToolDefinition[] {
    return this.#definitions;
  }

  /** Adds a tool of the list `tools`; that two of them have one name is for others to refuse. */
  declare(definition: ToolDefinition): void {
    this.#places.set(key(definition.name, undefined), this.#definitions.length);
    this.#taken.add(definition.name);
    this.#definitions.push(definition);
  }

  /** Adds a tool of a namespace or of a later item. A tool that is there already is replaced: it was declared again. */
  redeclare(definition: ToolDefinition, namespace: string | undefined): void {
    const place = this.#places.get(key(definition.name, namespace));
    const before = place === undefined ? undefined : this.#definitions[place];
    if (place !== undefined && before !== undefined) {
      this.#definitions[place] = { ...definition, name: before.name };
      return;
    }
    const name = this.#freeName(definition.name, namespace);
    this.#places.set(key(definition.name, namespace), this.#definitions.length);
    this.#taken.add(name);
    this.#definitions.push({ ...definition, name });
  }

  /** The name under which the model knows a tool that the client names. */
  modelName(name: string, namespace: string | null | undefined): string {
    const place = this.#places.get(key(name, namespace ?? undefined));
    return (place === undefined ? undefined : this.#definitions[place]?.name) ?? name;
  }

  /** How the client knows a tool that the model called. */
  clientName(modelName: string): ClientToolName {
    return this.#qualified.get(modelName) ?? { name: modelName };
  }

  #freeName(name: string, namespace: string | undefined): string {
    if (namespace === undefined || !this.#taken.has(name)) return name;
    const qualified = `${namespace}.${name}`;
    this.#qualified.set(qualified, { name, namespace });
    return qualified;
  }
}

function key(name: string, namespace: string | undefined): string {
  return `${namespace ?? ''} ${name}`;
}
