/** Shorter texts stand in logs and answers by chance. */
export const shortestForm = 8;

/**
 * The forms in which a secret could stand in a log line or an answer: as it is, within JSON text and within JSON text
 * inside of it, in a URL or a form, in base64 at any place of a longer text, and in hex.
 *
 * @returns none for a secret that is too short to be looked for.
 */
export function formsOf(secret: string): ReadonlySet<string> {
  const inUrl = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  const forms = [
    secret,
    inJson(secret),
    inJson(inJson(secret)),
    inUrl,
    inUrl.replaceAll('%20', '+'),
    ...[0, 1, 2].flatMap((offset) => base64At(offset, secret)),
    hex,
    hex.toUpperCase(),
  ];
  return new Set(forms.filter((form) => form.length >= shortestForm && secret.length >= shortestForm));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What the secret alone decides of a base64 text that has so many bytes before it, modulo three. */
function base64At(offset: number, secret: string): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(first, end));
}
