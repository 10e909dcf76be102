import type { ChatEvent } from '../event.ts';
import type { Usage } from '../usage.ts';
import { isGenerated } from './cut-text.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** Counts the tokens of an answer while it runs: as the upstream counts them, and by estimate where it does not. */
export class AnswerTokens {
  /** What no count has followed yet, and was not estimated yet. */
  #pieces: string[] = [];
  #estimated = 0;
  #usage: { readonly usage: Usage } | undefined;

  /** The upstream's last count. Read when asked for: it may be made of text then. */
  get usage(): Usage | undefined {
    return this.#usage?.usage;
  }

  /** Tokens since that count, estimated. */
  get uncounted(): number {
    for (const piece of this.#pieces) this.#estimated += estimateTokens(piece, Number.POSITIVE_INFINITY).tokens;
    this.#pieces = [];
    return Math.ceil(this.#estimated);
  }

  /** Tokens of the answer so far. */
  get output(): number {
    return (this.usage?.outputTokens ?? 0) + this.uncounted;
  }

  note(event: ChatEvent): void {
    if (event.type === 'usage') {
      this.#usage = event;
      this.#pieces = [];
      this.#estimated = 0;
    } else if (isGenerated(event)) this.#pieces.push(event.text);
  }
}
