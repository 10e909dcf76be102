import type { StoredMessage } from '../chats/chat-book.ts';
import { type AttachedText, type FoldedWords, unfoldPrompt } from './read-prompt.ts';

/** What one answer was asked with. */
export interface SeenPrompt {
  /** Address of the account. */
  readonly account: string;
  readonly chatId: string;
  readonly model: string;
  readonly text: string;
  /** Texts among the files of the message. */
  readonly attached: readonly AttachedText[];
  /** What the chat held before, along the parents, oldest first. */
  readonly history: readonly StoredMessage[];
}

const mostKept = 1000;

/** What the model has seen of the last questions, also when their chats are gone. */
export class SeenPrompts {
  #prompts: SeenPrompt[] = [];

  add(prompt: SeenPrompt): void {
    this.#prompts.push(prompt);
    if (this.#prompts.length > mostKept) this.#prompts.shift();
  }

  /** Oldest first. */
  list(): readonly SeenPrompt[] {
    return this.#prompts;
  }

  clear(): void {
    this.#prompts = [];
  }
}

/** The whole conversation as the model saw it: what the chat held, then what was sent, both unfolded. */
export function conversationOf({
  text,
  attached,
  history,
}: Pick<SeenPrompt, 'text' | 'attached' | 'history'>): readonly FoldedWords[] {
  return [...history.flatMap(wordsOf), ...unfolded(text, attached)];
}

function wordsOf({ role, content, attached = [] }: StoredMessage): readonly FoldedWords[] {
  return role === 'user' ? unfolded(content, attached) : [{ label: role, words: content }];
}

function unfolded(text: string, attached: readonly AttachedText[]): readonly FoldedWords[] {
  const words = unfoldPrompt(text, attached);
  return words.length === 0 ? [{ label: 'user', words: text }] : words;
}
