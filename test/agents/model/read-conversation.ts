/** One message of a conversation that was folded into a text. */
export interface Section {
  readonly role: 'instructions' | 'user' | 'assistant' | 'tool';
  readonly words: string;
  /** Of a tool's result: whether the tool says that it failed. */
  readonly isError: boolean;
}

const roles: ReadonlyMap<string, Section['role']> = new Map([
  ['instructions', 'instructions'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
]);

/**
 * Reads a message as a model would: sections that begin with a line of a marker and a label, the last line of which says
 * `end`.
 *
 * @returns nothing for a message that is no conversation.
 */
export function readConversation(message: string): readonly Section[] {
  const marker = [...message.matchAll(/^(?<marker>\S+) end$/gmu)].at(-1)?.groups?.marker;
  if (marker === undefined) return [];
  const [, ...pieces] = `\n${message}`.split(`\n${marker} `);
  return pieces.slice(0, -1).flatMap((piece) => {
    const [label = ''] = piece.split('\n', 1);
    const role = roles.get(label.split(' ', 1)[0] ?? '');
    if (role === undefined) return [];
    return [{ role, words: piece.slice(label.length + 1), isError: label.startsWith('tool error') }];
  });
}
