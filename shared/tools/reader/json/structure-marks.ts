/** What models write in place of JSON's own marks when their text is Chinese. */
const marks: Readonly<Record<string, string>> = {
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
  '：': ':',
  '，': ',',
  '、': ',',
  '；': ';',
};

/** The mark of JSON that a character stands for; the character itself when it stands for none. */
export function markOf(character: string): string {
  return character < '\u3000' ? character : (marks[character] ?? character);
}

/** White space of any kind, marks of no width included. */
export function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || /[\s\u200b\u2060\ufeff]/.test(character);
}
