/** From here on a character is taken for Chinese, Japanese, Korean or an emoji. */
const firstDenseCodePoint = 0x2e80;
const tokensPerDenseCharacter = 1 / 1.6;
const tokensPerCharacter = 1 / 4;

/** What a text holds, and how far into it some tokens reach. */
export interface TokenEstimate {
  /** A fraction of tokens is kept, so that many short pieces sum up right. */
  readonly tokens: number;
  /** UTF-16 units within the allowed tokens; all of the text when it has no more. Never in the middle of a character. */
  readonly allowedLength: number;
}

/**
 * Estimates tokens where the upstream counts none: about 4 Latin or 1.6 CJK characters to a token.
 *
 * @param allowed how many tokens may still come.
 */
export function estimateTokens(text: string, allowed: number): TokenEstimate {
  let tokens = 0;
  let allowedLength = 0;
  for (const character of text) {
    const isDense = (character.codePointAt(0) ?? 0) >= firstDenseCodePoint;
    tokens += isDense ? tokensPerDenseCharacter : tokensPerCharacter;
    if (tokens <= allowed) allowedLength += character.length;
  }
  return { tokens, allowedLength };
}
