/** A message, read as a model would read it. */
export interface Prompt {
  /** What is to be answered. */
  readonly asked: string;
  /** What the user said before, when the message is a transcript of a conversation; oldest first. */
  readonly earlier: readonly string[];
  /** Whether there are instructions from somebody else than the user. */
  readonly instructed: boolean;
}

// A transcript closes with the marker of its messages and the word "end".
const lastLine = /^(?<marker>\S+) end$/gmu;
const knownLabel = /^(?:instructions|user|assistant|tool (?:result|error)\b.*)$/u;

/**
 * Reads a message. A client without a chat to go on with folds its conversation into one message: sections that begin
 * with a line of a marker and a label. Anything else is one thing asked.
 */
export function readPrompt(text: string): Prompt {
  const marker = [...text.matchAll(lastLine)].at(-1)?.groups?.marker;
  const sections = marker === undefined ? [] : sectionsOf(text, marker);
  const last = sections.findLast(({ label }) => label !== 'instructions') ?? sections.at(-1);
  if (last === undefined || !sections.every(({ label }) => knownLabel.test(label))) {
    return { asked: text, earlier: [], instructed: false };
  }
  return {
    asked: last.words,
    earlier: sections.flatMap((section) => (section.label === 'user' && section !== last ? [section.words] : [])),
    instructed: sections.some(({ label }) => label === 'instructions'),
  };
}

function sectionsOf(text: string, marker: string): { label: string; words: string }[] {
  const [, ...pieces] = `\n${text}`.split(`\n${marker} `);
  // The last piece is the closing line with what follows it.
  return pieces.slice(0, -1).map((piece) => {
    const [label = ''] = piece.split('\n', 1);
    return { label, words: piece.slice(label.length + 1) };
  });
}
