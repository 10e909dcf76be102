import type { FoldedWords } from '../../../local/simulator/answers/read-prompt.ts';

/** One message of a conversation. */
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

/** Reads a conversation as a model would: whose each message is, its label says. */
export function readConversation(conversation: readonly FoldedWords[]): readonly Section[] {
  return conversation.flatMap(({ label, words }) => {
    const role = roles.get(label.split(' ', 1)[0] ?? '');
    return role === undefined ? [] : [{ role, words, isError: label.startsWith('tool error') }];
  });
}
