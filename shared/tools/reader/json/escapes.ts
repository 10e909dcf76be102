const meanings: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
  '/': '/',
  "'": "'",
  '`': '`',
};

/**
 * Decodes one escape, character by character.
 *
 * @param sequence what is known of it, from the backslash on.
 * @returns the decoded text; `undefined` while it is not whole. An unknown escape is kept with its backslash: models
 *   forget to double it in patterns and paths.
 */
export function decodeEscape(sequence: string): string | undefined {
  if (sequence.length === 1) return undefined;
  if (sequence[1] !== 'u') return meanings[sequence.charAt(1)] ?? sequence;
  if (!/^\\u[\da-f]*$/i.test(sequence)) return sequence;
  return sequence.length < 6 ? undefined : String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
}
