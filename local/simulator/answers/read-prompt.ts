/** A message, read as a model would read it. */
export interface Prompt {
  /** What is to be answered. */
  readonly asked: string;
  /** What the user said before, when the message is a transcript of a conversation; oldest first. */
  readonly earlier: readonly string[];
  /** Whether there are instructions from somebody else than the user. */
  readonly instructed: boolean;
}

/** One message of a conversation that a client has folded. */
export interface FoldedWords {
  /** Whose it is, as the transcript says it: `user`, `assistant`, `instructions`, `tool result …`, `tool error …`. */
  readonly label: string;
  readonly words: string;
}

/** A text that came with a message. */
export interface AttachedText {
  readonly name: string;
  readonly bytes: Buffer;
}

// A transcript closes with the marker of its messages and the word "end".
const lastLine = /^(?<marker>\S+) end$/gmu;
const knownLabel =
  /^(?:(?:instructions|user|assistant|tool (?:result|error)\b.*?)(?: again| in file ".*")?|messages in file ".*"|left out)$/u;
const place = /^(?<kind>messages|instructions) in file "(?<name>.*)"$/u;

/**
 * Reads a message. A client without a chat to go on with folds its conversation into one message, and into texts beside
 * it when it is long: sections that begin with a line of a marker and a label. Anything else is one thing asked.
 */
export function readPrompt(text: string, attached: readonly AttachedText[] = []): Prompt {
  const sections = unfoldPrompt(text, attached);
  const last = sections.findLast(({ label }) => label !== 'instructions') ?? sections.at(-1);
  if (last === undefined) return { asked: text, earlier: [], instructed: false };
  return {
    asked: last.words,
    earlier: sections.flatMap((section) => (section.label === 'user' && section !== last ? [section.words] : [])),
    instructed: sections.some(({ label }) => label === 'instructions'),
  };
}

/** @returns the messages of a folded conversation, none when a message is no such thing. */
export function unfoldPrompt(text: string, attached: readonly AttachedText[]): readonly FoldedWords[] {
  const sections = sectionsOf(text);
  if (!sections.every(({ label }) => knownLabel.test(label))) return [];
  const unread = new Map<string, FoldedWords[]>();
  const read = (name: string) => {
    const words = unread.get(name) ?? sectionsOf(attached.find((file) => file.name === name)?.bytes.toString() ?? '');
    unread.set(name, words);
    return words;
  };
  return sections.flatMap((section) => {
    const { kind, name } = place.exec(section.label)?.groups ?? {};
    if (name !== undefined) return read(name).splice(0, kind === 'messages' ? Number.POSITIVE_INFINITY : 1);
    // What is shown again, and what is not, is whole in a text beside the message.
    return section.label === 'left out' || section.label.endsWith(' again') ? [] : [section];
  });
}

function sectionsOf(text: string): FoldedWords[] {
  const marker = [...text.matchAll(lastLine)].at(-1)?.groups?.marker;
  if (marker === undefined) return [];
  const [, ...pieces] = `\n${text}`.split(`\n${marker} `);
  // The last piece is the closing line with what follows it.
  return pieces.slice(0, -1).map((piece) => {
    const [label = ''] = piece.split('\n', 1);
    return { label, words: piece.slice(label.length + 1) };
  });
}
