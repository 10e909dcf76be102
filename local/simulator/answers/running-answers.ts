import type { Interruption, RunningAnswer } from './running-answer.ts';

/** The answers that are being written now, one per chat at most. */
export class RunningAnswers {
  readonly #byChat = new Map<string, RunningAnswer>();

  add(answer: RunningAnswer): void {
    this.#byChat.set(answer.chatId, answer);
  }

  /** The chat is free again. */
  remove(answer: RunningAnswer): void {
    if (this.#byChat.get(answer.chatId) === answer) {
      this.#byChat.delete(answer.chatId);
    }
  }

  find(chatId: string): RunningAnswer | undefined {
    return this.#byChat.get(chatId);
  }

  list(): readonly RunningAnswer[] {
    return [...this.#byChat.values()];
  }

  /** Lets every stalled answer go on. */
  releaseAll(): void {
    for (const answer of this.#byChat.values()) {
      answer.release();
    }
  }

  interruptAll(reason: Interruption): void {
    for (const answer of this.#byChat.values()) {
      answer.interrupt(reason);
    }
    this.#byChat.clear();
  }
}
