import { ToolCallInvalidError, ToolCallMissingError } from '../../chat/errors/answer-faults.ts';
import { type ChatEvent, isVisible } from '../../chat/event.ts';
import type { ToolChoice } from '../../chat/tool.ts';
import type { ReadCall } from './call-log.ts';
import { checkArguments } from './check-arguments.ts';

export interface OutputRules {
  readonly choice: ToolChoice;
  readonly parallel: boolean;
  readonly newId: () => string;
}

/** Decides what of the text and the calls of one answer is passed on. */
export class AnswerOutput {
  readonly #rules: OutputRules;
  /** Whether a call must come, so that text may turn out to be in vain. */
  readonly #demanding: boolean;
  #events: ChatEvent[] = [];
  /** White space before the first word, or all text while a call must come. */
  #heldText: string[] = [];
  #hasText = false;
  #visible = false;
  #calls = 0;
  #muted: ReadCall | undefined;
  #omits = false;

  constructor(rules: OutputRules) {
    this.#rules = rules;
    this.#demanding = rules.choice.type === 'required' || rules.choice.type === 'tool';
  }

  get hasCalled(): boolean {
    return this.#calls > 0;
  }

  /** Whether anything that the model wrote was dropped. */
  get omits(): boolean {
    return this.#omits;
  }

  /** Notes what is dropped. White space is nothing. */
  omit(text: string): void {
    this.#omits ||= /\S/.test(text);
  }

  /** Whether nothing that follows can be of interest. */
  get isClosed(): boolean {
    return this.#calls > 0 && !this.#rules.parallel;
  }

  /** Takes the events that may go on. */
  take(): readonly ChatEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Passes on an event that has nothing to do with tools. */
  pass(event: ChatEvent): void {
    this.#visible ||= isVisible(event);
    this.#events.push(event);
  }

  /** Text outside of calls. Behind a call it is made up, or a farewell that no client shows: dropped. */
  text(text: string): void {
    if (text === '') return;
    if (this.#calls > 0) {
      this.omit(text);
      return;
    }
    if (this.#hasText) {
      this.pass({ type: 'text-delta', text });
      return;
    }
    this.#heldText.push(text);
    if (!this.#demanding && /\S/.test(text)) this.releaseText();
  }

  /** No call will come: lets the held text go on. */
  releaseText(): void {
    this.#hasText = !this.#demanding;
    const text = this.#heldText.join('');
    this.#heldText = [];
    if (text !== '' && this.#calls === 0) this.pass({ type: 'text-delta', text });
  }

  /** Passes on what is new of a call. @throws ToolCallMissingError, ToolCallInvalidError */
  call(call: ReadCall): void {
    if (!call.begun) this.#begin(call);
    const { text } = call;
    call.text = '';
    if (call === this.#muted) return;
    if (text !== '') this.pass({ type: 'tool-call-delta', text });
    if (call.ended) this.pass({ type: 'tool-call-end' });
  }

  #begin(call: ReadCall): void {
    const { definition } = call;
    const { choice, parallel, newId } = this.#rules;
    const wrong = choice.type === 'tool' && choice.name !== definition.name;
    call.begun = true;
    if (this.#calls > 0 && (!parallel || wrong)) {
      this.#muted = call;
      this.#omits = true;
      return;
    }
    if (wrong)
      throw new ToolCallMissingError(`The model called ${definition.name} where a call of ${choice.name} is required.`);
    if (!this.#visible) requireFit(call);
    this.#calls += 1;
    for (const text of this.#heldText) this.omit(text);
    this.#heldText = [];
    this.pass({ type: 'tool-call-start', id: newId(), name: definition.name, input: definition.input });
  }
}

/** What has gone out can't be called back: only a call that is whole before anything was seen is checked. */
function requireFit({ definition, ended, text }: ReadCall): void {
  const reason = ended && definition.input === 'json' ? checkArguments(definition, text) : undefined;
  if (reason === undefined) return;
  throw new ToolCallInvalidError(`The arguments of ${definition.name} do not fit its parameters: ${reason}`);
}
