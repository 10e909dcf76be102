import type { AnswerBatch } from './answer-batch.ts';
import { GeneratedMedia, isPlainMediaPhase } from './generated-media.ts';
import { isJsonObject, type JsonObject, objectField, textField } from './json-fields.ts';
import { SearchSources } from './search-sources.ts';
import { ThinkingSummary } from './thinking-summary.ts';
import { faultOfObject, faultOfText, type UpstreamFault } from './upstream-fault.ts';

/**
 * What a delta means for the answer: it goes on, has ended, has ended unless more comes, or was refused.
 */
export type DeltaOutcome = 'more' | 'finished' | 'maybe-finished' | UpstreamFault;

/** The phase of deltas that name none; no real phase has this name. */
const noPhase = '';

/** Reads the deltas of one answer by their phase (qwen-web §4.3). Unknown phases are never text. */
export class DeltaReader {
  readonly #batch: AnswerBatch;
  readonly #summary = new ThinkingSummary();
  readonly #searches = new SearchSources();
  readonly #media = new GeneratedMedia();
  /** A delta without a phase belongs to the thinking that was begun and not finished. */
  #isThinking = false;

  constructor(batch: AnswerBatch) {
    this.#batch = batch;
  }

  read(delta: JsonObject): DeltaOutcome {
    const fault = deltaFault(delta);
    if (fault !== undefined) return fault;
    const phase = textField(delta, 'phase') ?? noPhase;
    const isEnd = delta.status === 'finished';
    if (delta.role === 'function') return this.#toolResult(phase, delta);
    if (phase === 'answer') return this.#answer(delta, isEnd);
    if (phase === 'think' || phase === 'thinking_summary') return this.#thinking(phase, delta, isEnd);
    if (phase === noPhase && delta.name === undefined) return this.#phaseless(delta, isEnd);
    this.#isThinking = false;
    return this.#toolProgress(phase, delta, isEnd);
  }

  /** Text of the answer phase. */
  answerText(text: string): void {
    this.#isThinking = false;
    this.#batch.text(text);
  }

  #answer(delta: JsonObject, isEnd: boolean): DeltaOutcome {
    this.answerText(textField(delta, 'content') ?? '');
    return isEnd ? 'finished' : 'more';
  }

  #thinking(phase: string, delta: JsonObject, isEnd: boolean): DeltaOutcome {
    this.#isThinking = !isEnd;
    if (phase === 'think') this.#batch.reasoning(textField(delta, 'content') ?? '');
    else this.#batch.reasoningGrowth(this.#summary.read(objectField(delta, 'extra')));
    return 'more';
  }

  #phaseless(delta: JsonObject, isEnd: boolean): DeltaOutcome {
    if (!this.#isThinking) return this.#answer(delta, isEnd);
    return this.#thinking('think', delta, isEnd);
  }

  #toolResult(phase: string, delta: JsonObject): DeltaOutcome {
    this.#isThinking = false;
    this.#search(phase, delta);
    this.#showMedia(phase, delta);
    return 'more';
  }

  /** Older frames hold results without being marked as such, and end with them. */
  #toolProgress(phase: string, delta: JsonObject, isEnd: boolean): DeltaOutcome {
    this.#search(phase, delta);
    if (!isPlainMediaPhase(phase)) return 'more';
    this.#showMedia(phase, delta);
    return isEnd ? 'maybe-finished' : 'more';
  }

  #search(phase: string, delta: JsonObject): void {
    if (phase !== 'web_search' && delta.name !== 'web_search') return;
    const sources = this.#searches.read(objectField(delta, 'extra'));
    if (sources.length > 0) this.#batch.add({ type: 'sources', sources });
  }

  #showMedia(phase: string, delta: JsonObject): void {
    for (const event of this.#media.read(phase, delta)) this.#batch.add(event);
  }
}

function deltaFault(delta: JsonObject): UpstreamFault | undefined {
  const error = objectField(delta, 'extra')?.error;
  if (isJsonObject(error)) return faultOfObject(error);
  if (typeof error === 'string' && error !== '') return faultOfText(error);
  return delta.status === 'error' ? { ...faultOfObject(delta), text: textField(delta, 'content') ?? '' } : undefined;
}
