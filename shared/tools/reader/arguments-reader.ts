import type { ArgumentsWriter } from './arguments-writer.ts';
import type { InputReader } from './input-reader.ts';
import { LenientJson } from './json/lenient-json.ts';
import { strictLiteral } from './json/strict-literal.ts';

/** How often arguments may have been made a string of. */
const deepestEncoding = 3;

/** Reads arguments by a schema: an object, the JSON text of one, or nothing. They are given as strict JSON. */
export class ArgumentsReader implements InputReader {
  readonly #writer: ArgumentsWriter;
  readonly #encodings: number;
  /** Reads what the string under way holds. */
  #inner: { readonly json: LenientJson; readonly reader: ArgumentsReader } | undefined;
  /** Of what is open within the arguments, they themselves included. */
  #depth = 0;
  #begun = false;
  #listed = false;
  #refused = false;

  /** @param encodings how often the text was already taken out of a string. */
  constructor(writer: ArgumentsWriter, encodings = 0) {
    this.#writer = writer;
    this.#encodings = encodings;
  }

  get refused(): boolean {
    return this.#refused || this.#writer.refused;
  }

  take(): string {
    return this.#writer.take();
  }

  /** A call without any arguments gets an empty object. */
  finish(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#writer.openObject();
    this.#writer.closeObject();
  }

  openObject(): void {
    if (this.#depth === 0 && !this.#begin()) return;
    this.#depth += 1;
    this.#writer.openObject();
  }

  closeObject(): void {
    this.#depth -= 1;
    this.#writer.closeObject();
  }

  openArray(): void {
    if (this.#depth === 0) {
      // `[]` and `[{…}]` are seen in place of `{…}`.
      this.#refused ||= this.#listed || this.#begun;
      this.#listed = true;
      return;
    }
    this.#depth += 1;
    this.#writer.openArray();
  }

  closeArray(): void {
    if (this.#depth === 0) return;
    this.#depth -= 1;
    this.#writer.closeArray();
  }

  key(name: string): void {
    this.#writer.key(name);
  }

  openString(): void {
    if (this.#depth > 0) {
      this.#writer.openString();
      return;
    }
    if (!this.#begin() || this.#listed || this.#encodings === deepestEncoding) {
      this.#refused = true;
      return;
    }
    const reader = new ArgumentsReader(this.#writer, this.#encodings + 1);
    this.#inner = { json: new LenientJson(reader), reader };
  }

  stringPart(text: string): void {
    if (this.#inner === undefined) {
      this.#writer.stringPart(text);
      return;
    }
    const read = this.#inner.json.push(text, 0, text.length);
    this.#refused ||= read < text.length || this.#inner.reader.refused;
  }

  closeString(): void {
    if (this.#inner === undefined) {
      this.#writer.closeString();
      return;
    }
    const { json, reader } = this.#inner;
    this.#inner = undefined;
    const whole = json.complete() || json.isEmpty;
    reader.finish();
    this.#refused ||= !whole || reader.refused;
  }

  literal(text: string): void {
    if (this.#depth > 0) this.#writer.literal(text);
    else this.#refused ||= strictLiteral(text) !== 'null';
  }

  #begin(): boolean {
    this.#refused ||= this.#begun;
    this.#begun = true;
    return !this.#refused;
  }
}
