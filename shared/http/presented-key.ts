/** Header names are lower-case in a Function URL event. */
type Headers = Readonly<Record<string, string | undefined>>;

/**
 * The gateway key that a caller shows, in any of the ways that clients have: `Authorization: Bearer` (OpenAI, Anthropic
 * 1.x), `x-api-key` (Anthropic), `x-goog-api-key` or `?key=` (Gemini). `undefined` when there is none.
 */
export function presentedKey(
  headers: Headers,
  query: Readonly<Record<string, string | undefined>> = {},
): string | undefined {
  const candidates = [bearer(headers.authorization), headers['x-api-key'], headers['x-goog-api-key'], query.key];
  return candidates
    .map((candidate) => candidate?.trim())
    .find((candidate) => candidate !== undefined && candidate !== '');
}

function bearer(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer\s+(.+)$/i.exec(header)?.[1];
}
