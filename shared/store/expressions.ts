import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Attributes, encodeValue, type ItemValue } from './attributes.ts';

/** What must hold of the stored item for a write to happen. All parts that are given must hold. */
export interface Condition {
  /** Whether there must be an item, or must be none. */
  readonly exists?: boolean;
  /** Attributes that must be stored with exactly these values. */
  readonly equals?: Attributes;
  /** Attributes that must be absent or no larger than these numbers. */
  readonly atMost?: Readonly<Record<string, number>>;
  /** Attributes that must not be there. */
  readonly absent?: readonly string[];
}

/** Changes of single attributes; the rest of the item stays. */
export interface Changes {
  readonly set?: Attributes;
  /** Set only where the attribute is absent. */
  readonly setOnce?: Attributes;
  /** Added to what is stored, where an absent number counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

/** Gathers the names and values of one request under placeholders, since any name may be a reserved word. */
export class ExpressionBuilder {
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, AttributeValue> = {};
  #count = 0;

  /** @returns the two maps that go with the expressions; empty ones are left out, as DynamoDB refuses them. */
  placeholders(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
  } {
    return {
      ...(Object.keys(this.#names).length > 0 && { ExpressionAttributeNames: this.#names }),
      ...(Object.keys(this.#values).length > 0 && { ExpressionAttributeValues: this.#values }),
    };
  }

  /** @returns the condition's expression, `undefined` when it asks for nothing. */
  condition(condition: Condition): string | undefined {
    const parts: string[] = [];
    if (condition.exists !== undefined) {
      parts.push(`${condition.exists ? 'attribute_exists' : 'attribute_not_exists'}(${this.#name('pk')})`);
    }
    for (const [name, value] of defined(condition.equals)) {
      parts.push(`${this.#name(name)} = ${this.#value(value)}`);
    }
    for (const [name, value] of Object.entries(condition.atMost ?? {})) {
      const placeholder = this.#name(name);
      parts.push(`(attribute_not_exists(${placeholder}) OR ${placeholder} <= ${this.#value(value)})`);
    }
    for (const name of condition.absent ?? []) parts.push(`attribute_not_exists(${this.#name(name)})`);
    return parts.length === 0 ? undefined : parts.join(' AND ');
  }

  /** @returns the update expression of the changes, `undefined` when there are none. */
  update(changes: Changes): string | undefined {
    const set = [
      ...defined(changes.set).map(([name, value]) => `${this.#name(name)} = ${this.#value(value)}`),
      ...defined(changes.setOnce).map(([name, value]) => {
        const placeholder = this.#name(name);
        return `${placeholder} = if_not_exists(${placeholder}, ${this.#value(value)})`;
      }),
    ];
    const add = Object.entries(changes.add ?? {}).map(([name, value]) => `${this.#name(name)} ${this.#value(value)}`);
    const remove = (changes.remove ?? []).map((name) => this.#name(name));
    const parts: string[] = [];
    if (set.length > 0) parts.push(`SET ${set.join(', ')}`);
    if (add.length > 0) parts.push(`ADD ${add.join(', ')}`);
    if (remove.length > 0) parts.push(`REMOVE ${remove.join(', ')}`);
    return parts.length === 0 ? undefined : parts.join(' ');
  }

  #name(name: string): string {
    const placeholder = `#n${this.#count++}`;
    this.#names[placeholder] = name;
    return placeholder;
  }

  #value(value: ItemValue): string {
    const placeholder = `:v${this.#count++}`;
    this.#values[placeholder] = encodeValue(value);
    return placeholder;
  }
}

function defined(attributes: Attributes | undefined): [string, ItemValue][] {
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
