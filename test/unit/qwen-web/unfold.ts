/** One message of a transcript, as it was read back. */
export type Unfolded = readonly [label: string, text: string];

/**
 * Reads a conversation back out of a message and its files, by the description of the form in docs/protocol/transcript.md and by
 * nothing of the code that writes it.
 *
 * @param files texts by name.
 * @throws when a file is missing, or is not used up.
 */
export function unfold(message: string, files: ReadonlyMap<string, string> = new Map()): readonly Unfolded[] {
  const instructions = sectionsOf(files.get('instructions.txt') ?? '');
  const used = new Set<string>();
  const messages = sectionsOf(message).flatMap(([label, text]): readonly Unfolded[] => {
    const [, kind, name] = /^(messages|instructions) in file "([^"]*)"$/.exec(label) ?? [];
    if (name === undefined) return label === 'left out' || label.endsWith(' again') ? [] : [[label, text]];
    used.add(name);
    if (kind === 'messages') return sectionsOf(fileOf(files, name));
    const whole = instructions.shift();
    if (whole === undefined) throw new Error('no instructions are left in the file');
    return [whole];
  });
  if (instructions.length > 0) throw new Error('instructions of the file have no place');
  for (const name of files.keys()) if (!used.has(name)) throw new Error(`${name} has no place`);
  return messages;
}

function fileOf(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`there is no file ${name}`);
  return text;
}

/** The sections of one text: by the marker that its explanation names. */
export function sectionsOf(text: string): Unfolded[] {
  const marker = /begins with "(#message-\d+#)"/.exec(text)?.[1];
  if (marker === undefined) return [];
  const start = text.indexOf(`\n\n${marker} `) + 1;
  const parts = text.slice(start).split(`\n${marker} `).slice(1);
  const end = parts.findIndex((part) => /^end(?:\n|$)/.test(part));
  return parts.slice(0, end).map((part) => {
    const line = part.indexOf('\n');
    return [part.slice(0, line), part.slice(line + 1)];
  });
}
