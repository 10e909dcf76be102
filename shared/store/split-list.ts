/** @returns the entries of a comma-separated setting, trimmed, without empty ones. */
export function splitList(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
