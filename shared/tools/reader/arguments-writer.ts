import type { JsonSchema } from '../../chat/tool.ts';
import { coerceText, coerceWord, isLeftOut, mayStandForOther } from './coerce-value.ts';
import { type DeclaredProperty, declaredProperty } from './declared-type.ts';
import type { JsonSink } from './json/json-sink.ts';
import { StrictJsonWriter } from './json/strict-json-writer.ts';

/**
 * Writes a call's arguments as strict JSON. A property of the object itself whose value has another type than the
 * tool declares is converted where only one meaning is possible.
 */
export class ArgumentsWriter implements JsonSink {
  readonly #writer = new StrictJsonWriter();
  readonly #parameters: JsonSchema;
  #depth = 0;
  /** The property whose value comes next; not written before the value is known to stay. */
  #key: string | undefined;
  #property: DeclaredProperty | undefined;
  /** A text that may stand for a value of another type, in pieces. */
  #text: string[] | undefined;

  /** @param parameters the schema of the arguments. */
  constructor(parameters: JsonSchema) {
    this.#parameters = parameters;
  }

  get refused(): boolean {
    return this.#writer.refused;
  }

  /** Takes what was written since. */
  take(): string {
    return this.#writer.take();
  }

  openObject(): void {
    this.#writeKey();
    this.#depth += 1;
    this.#writer.openObject();
  }

  closeObject(): void {
    this.#depth -= 1;
    this.#writer.closeObject();
  }

  openArray(): void {
    this.#writeKey();
    this.#depth += 1;
    this.#writer.openArray();
  }

  closeArray(): void {
    this.#depth -= 1;
    this.#writer.closeArray();
  }

  key(name: string): void {
    if (this.#depth > 1) {
      this.#writer.key(name);
      return;
    }
    this.#key = name;
    this.#property = declaredProperty(this.#parameters, name);
  }

  openString(): void {
    if (this.#key !== undefined && this.#property !== undefined && mayStandForOther(this.#property)) {
      this.#text = [];
      return;
    }
    this.#writeKey();
    this.#writer.openString();
  }

  stringPart(text: string): void {
    if (this.#text === undefined) this.#writer.stringPart(text);
    else this.#text.push(text);
  }

  closeString(): void {
    if (this.#text === undefined || this.#property === undefined) {
      this.#writer.closeString();
      return;
    }
    const text = this.#text.join('');
    this.#text = undefined;
    const value = coerceText(text, this.#property) ?? JSON.stringify(text);
    this.#writeKey();
    this.#writer.value(value);
  }

  literal(text: string): void {
    const property = this.#key === undefined ? undefined : this.#property;
    if (property !== undefined && isLeftOut(text, property)) {
      this.#key = undefined;
      return;
    }
    this.#writeKey();
    const value = property === undefined ? undefined : coerceWord(text, property);
    if (value === undefined) this.#writer.literal(text);
    else this.#writer.value(value);
  }

  #writeKey(): void {
    if (this.#key === undefined) return;
    this.#writer.key(this.#key);
    this.#key = undefined;
  }
}
