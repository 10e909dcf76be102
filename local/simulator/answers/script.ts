import type { FoldedWords } from './read-prompt.ts';

/** What a next answer shall be, instead of what the simulator would say. */
export interface AnswerScript {
  /** The answer; a list is sent in exactly these pieces. */
  readonly text?: string | readonly string[] | undefined;
  /** Thoughts shown before it, whether thinking was asked for or not. */
  readonly reasoning?: string | readonly string[] | undefined;
  /** The whole body, byte for byte; each element is a write of its own. */
  readonly raw?: string | readonly string[] | undefined;
  /**
   * Words for the message it gets, `undefined` to leave it to the simulator. Within this process only. The second argument
   * is the whole conversation as the model sees it: what the chat held, and texts beside the message, unfolded.
   */
  readonly reply?: ((message: string, conversation: readonly FoldedWords[]) => string | undefined) | undefined;
  /** A long answer: the same piece many times. */
  readonly bulk?: BulkAnswer | undefined;
  /** Address of the account it is for; any when absent. */
  readonly account?: string | undefined;
  /** Upstream model it is for; any when absent. */
  readonly model?: string | undefined;
  /** How many answers it is for: 1 when absent. */
  readonly times?: number | 'always' | undefined;
}

export interface BulkAnswer {
  readonly chunks: number;
  readonly chunkText: string;
  /** Between two pieces; 0 when absent, whatever the simulator's own pace. */
  readonly delayMs?: number | undefined;
}

/** What a script makes of a message: a reply becomes its text. */
export function scriptFor(
  script: AnswerScript | undefined,
  message: string,
  conversation: () => readonly FoldedWords[],
): AnswerScript | undefined {
  if (script?.reply === undefined) return script;
  const text = script.reply(message, conversation());
  return text === undefined ? undefined : { ...script, text };
}

interface PendingScript {
  readonly script: AnswerScript;
  left: number;
}

/** The scripts still to be played, oldest first. */
export class ScriptBook {
  #pending: PendingScript[] = [];

  add(script: AnswerScript): void {
    const times = script.times ?? 1;
    this.#pending.push({ script, left: times === 'always' ? Number.POSITIVE_INFINITY : times });
  }

  /** The script for an answer, which uses it up once. */
  take(account: string, model: string): AnswerScript | undefined {
    const pending = this.#pending.find(
      ({ script }) =>
        (script.account === undefined || script.account === account) &&
        (script.model === undefined || script.model === model),
    );
    if (pending === undefined) {
      return undefined;
    }
    pending.left -= 1;
    if (pending.left <= 0) {
      this.#pending = this.#pending.filter((candidate) => candidate !== pending);
    }
    return pending.script;
  }

  clear(): void {
    this.#pending = [];
  }
}
