import { type ChatEvent, isVisible, type UsageEvent } from '../event.ts';
import type { Usage } from '../usage.ts';
import { countCharacters, isGenerated, takeCharacters } from './cut-text.ts';
import { endAnswer } from './end-answer.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { EventFilter } from './event-filter.ts';

/**
 * Ends the answer where it reaches the caller's token limit. The upstream's counts say where: they come with the text
 * they count, and the piece of text in which the limit is reached is cut in proportion. Text that no count has followed
 * yet is estimated.
 */
export class TokenLimit implements EventFilter {
  readonly #allowed: () => number;
  #ended = false;
  #reported: Usage | undefined;
  #estimated = 0;

  /** @param allowed tokens of text and reasoning together; they may become more. */
  constructor(allowed: () => number) {
    this.#allowed = allowed;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(events: readonly ChatEvent[]): readonly ChatEvent[] {
    let from = 0;
    for (const [index, event] of events.entries()) {
      if (event.type !== 'usage') continue;
      if (event.usage.outputTokens > this.#allowed()) return this.#cutCounted(events, from, index, event);
      this.#reported = event.usage;
      this.#estimated = 0;
      from = index + 1;
    }
    return this.#cutEstimated(events, from);
  }

  /** Cuts the events from `from` to `to`, which the count at `to` says are too many. */
  #cutCounted(events: readonly ChatEvent[], from: number, to: number, event: UsageEvent): readonly ChatEvent[] {
    const piece = events.slice(from, to);
    const characters = countCharacters(piece);
    const rest = events.slice(to);
    // Too many by the count, but all text is out and this is the end: nothing to cut.
    if (characters === 0 && rest.some((later) => later.type === 'finish') && !rest.some(isVisible)) return events;
    this.#ended = true;
    const before = this.#tokensBefore(event.usage);
    const share = (this.#allowed() - before) / (event.usage.outputTokens - before);
    const kept = takeCharacters(piece, Math.max(0, Math.floor(characters * share)));
    return [...events.slice(0, from), ...kept, ...endAnswer(rest, { reason: 'length' })];
  }

  /** Counts begin again after the upstream has used a tool, with another input (qwen-web §4.3). */
  #tokensBefore(usage: Usage): number {
    const last = this.#reported;
    const continues = last?.inputTokens === usage.inputTokens && last.outputTokens < usage.outputTokens;
    return continues ? last.outputTokens : 0;
  }

  /** Cuts the events from `from` on, which no count follows yet. */
  #cutEstimated(events: readonly ChatEvent[], from: number): readonly ChatEvent[] {
    for (let index = from; index < events.length; index += 1) {
      const event = events[index];
      if (event === undefined || !isGenerated(event)) continue;
      const allowed = this.#allowed() - (this.#reported?.outputTokens ?? 0) - this.#estimated;
      const { tokens, allowedLength } = estimateTokens(event.text, allowed);
      this.#estimated += tokens;
      if (allowedLength === event.text.length) continue;
      this.#ended = true;
      const kept = allowedLength === 0 ? [] : [{ ...event, text: event.text.slice(0, allowedLength) }];
      return [...events.slice(0, index), ...kept, ...endAnswer(events.slice(index + 1), { reason: 'length' })];
    }
    return events;
  }
}
