import { type ChatEvent, isVisible } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { JsonObject } from './json-fields.ts';
import { readUsage } from './read-usage.ts';
import { SnapshotDefence } from './snapshot-defence.ts';
import { usageEvent } from './usage-event.ts';

/**
 * Gathers the events of one read of the network, in their order. The counts of tokens come with nearly every frame and
 * only the last ones of a read are of use, so they are told once per batch.
 */
export class AnswerBatch {
  #events: ChatEvent[] = [];
  readonly #text = new SnapshotDefence();
  readonly #reasoning = new SnapshotDefence();
  #usage: JsonObject | string = '';
  #hasVisible = false;

  /** Whether a reader of the answer has been shown anything; what is held counts when it has been flushed. */
  get hasVisible(): boolean {
    return this.#hasVisible;
  }

  text(chunk: string): void {
    this.#pushReasoning(this.#reasoning.flush());
    this.#pushText(this.#text.push(chunk));
  }

  reasoning(chunk: string): void {
    this.#pushText(this.#text.flush());
    this.#pushReasoning(this.#reasoning.push(chunk));
  }

  /** Reasoning of which it is certain that it is new. */
  reasoningGrowth(text: string): void {
    this.flush();
    this.#pushReasoning(text);
  }

  add(event: ChatEvent): void {
    this.flush();
    this.#events.push(event);
    if (isVisible(event)) this.#hasVisible = true;
  }

  /** @param usage field `usage`, parsed or as JSON; without counts it leaves the earlier ones standing. */
  usage(usage: JsonObject | string): void {
    if (typeof usage === 'string' || readUsage(usage) !== undefined) this.#usage = usage;
  }

  finish(reason: FinishReason): void {
    this.flush();
    this.#pushUsage();
    this.#events.push({ type: 'finish', reason });
  }

  /** Shows what was held until it was certain. */
  flush(): void {
    this.#pushReasoning(this.#reasoning.flush());
    this.#pushText(this.#text.flush());
  }

  /** @returns the events since the last call, and the newest counts when some came. */
  take(): readonly ChatEvent[] {
    this.#pushUsage();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #pushText(text: string): void {
    if (text === '') return;
    this.#events.push({ type: 'text-delta', text });
    this.#hasVisible = true;
  }

  #pushReasoning(text: string): void {
    if (text === '') return;
    this.#events.push({ type: 'reasoning-delta', text });
    this.#hasVisible = true;
  }

  #pushUsage(): void {
    if (this.#usage === '') return;
    const event = usageEvent(this.#usage);
    this.#usage = '';
    if (event !== undefined) this.#events.push(event);
  }
}
