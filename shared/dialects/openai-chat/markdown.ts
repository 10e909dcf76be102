/** Text as one line of Markdown that opens no link, table cell or emphasis. */
export function inlineText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|]/g, '\\$&');
}

/** A URL as the target of a Markdown link. */
export function linkTarget(url: string): string {
  return url.trim().replace(/[\s()<>|\\]/g, percentEncode);
}

/** Unlike `encodeURIComponent`, which leaves parentheses as they are. */
function percentEncode(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
