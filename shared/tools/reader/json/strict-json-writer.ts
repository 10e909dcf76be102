import type { JsonSink } from './json-sink.ts';
import { strictLiteral } from './strict-literal.ts';

/** What JSON's strings hold as it is: no quote, backslash, control character or half of a surrogate pair. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Writes tokens as strict JSON text. */
export class StrictJsonWriter implements JsonSink {
  #text = '';
  #commaDue = false;
  #refused = false;

  /** A word that is no value of JSON has come. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Takes what was written since. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  openObject(): void {
    this.#open('{');
  }

  closeObject(): void {
    this.#close('}');
  }

  openArray(): void {
    this.#open('[');
  }

  closeArray(): void {
    this.#close(']');
  }

  key(name: string): void {
    this.#open(`${JSON.stringify(name)}:`);
  }

  openString(): void {
    this.#open('"');
  }

  stringPart(text: string): void {
    this.#text += plain.test(text) ? text : JSON.stringify(text).slice(1, -1);
  }

  closeString(): void {
    this.#close('"');
  }

  literal(text: string): void {
    const strict = strictLiteral(text);
    if (strict === undefined) this.#refused = true;
    else this.value(strict);
  }

  /** @param json the strict JSON text of a whole value. */
  value(json: string): void {
    this.#open(json);
    this.#commaDue = true;
  }

  #open(text: string): void {
    this.#text += this.#commaDue ? `,${text}` : text;
    this.#commaDue = false;
  }

  #close(mark: string): void {
    this.#text += mark;
    this.#commaDue = true;
  }
}
