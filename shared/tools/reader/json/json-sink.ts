/** What a reader of JSON tells, token by token, in the order of the text. */
export interface JsonSink {
  /** Set once the text is not what the sink takes; nothing need be told to it any more. */
  readonly refused: boolean;
  openObject(): void;
  closeObject(): void;
  openArray(): void;
  closeArray(): void;
  /** A property's name, decoded. Its value follows. */
  key(name: string): void;
  openString(): void;
  /** The next piece of a string, decoded. Never ends between the halves of a surrogate pair. */
  stringPart(text: string): void;
  closeString(): void;
  /** A word outside of quotes, as written: a number, `true`, `None` or anything else. */
  literal(text: string): void;
}
