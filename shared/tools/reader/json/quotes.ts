/** A way to delimit a string. */
export interface Quote {
  /** Finds what may end the string or escape a character. */
  readonly special: RegExp;
  /**
   * Whether the closing mark always closes. Where it doesn't, as with an apostrophe, it closes only before a mark of
   * JSON's structure.
   */
  readonly sure: boolean;
}

const straight: Quote = { special: /["\\]/, sure: true };
const fullWidth: Quote = { special: /[＂\\]/, sure: false };
const curly: Quote = { special: /[”“"\\]/, sure: false };
const single: Quote = { special: /['\\]/, sure: false };
const curlySingle: Quote = { special: /[’‘'\\]/, sure: false };
const backtick: Quote = { special: /[`\\]/, sure: false };

/** By the opening mark. */
const quotes: ReadonlyMap<string, Quote> = new Map([
  ['"', straight],
  ['＂', fullWidth],
  ['“', curly],
  ['”', curly],
  ['„', curly],
  ["'", single],
  ['＇', { special: /[＇\\]/, sure: false }],
  ['‘', curlySingle],
  ['’', curlySingle],
]);

/** @param mark a single character. */
export function quoteOf(mark: string): Quote | undefined {
  return quotes.get(mark);
}

/** JavaScript's template strings; as an answer's backticks end code too, only where nothing but a value may stand. */
export const templateQuote: Quote = backtick;
