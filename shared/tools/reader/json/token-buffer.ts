import type { JsonSink } from './json-sink.ts';

type Token = (sink: JsonSink) => void;

/** Keeps tokens until somebody knows what to do with them. */
export class TokenBuffer implements JsonSink {
  readonly refused = false;
  readonly #tokens: Token[] = [];

  /** Tells the kept tokens to a sink, as far as it takes them. */
  replay(sink: JsonSink): void {
    for (const token of this.#tokens) {
      if (sink.refused) return;
      token(sink);
    }
  }

  openObject(): void {
    this.#tokens.push((sink) => sink.openObject());
  }

  closeObject(): void {
    this.#tokens.push((sink) => sink.closeObject());
  }

  openArray(): void {
    this.#tokens.push((sink) => sink.openArray());
  }

  closeArray(): void {
    this.#tokens.push((sink) => sink.closeArray());
  }

  key(name: string): void {
    this.#tokens.push((sink) => sink.key(name));
  }

  openString(): void {
    this.#tokens.push((sink) => sink.openString());
  }

  stringPart(text: string): void {
    this.#tokens.push((sink) => sink.stringPart(text));
  }

  closeString(): void {
    this.#tokens.push((sink) => sink.closeString());
  }

  literal(text: string): void {
    this.#tokens.push((sink) => sink.literal(text));
  }
}
