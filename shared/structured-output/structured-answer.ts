import { StructuredOutputError } from '../chat/errors/answer-faults.ts';
import type { ChatEvent, FinishEvent } from '../chat/event.ts';
import type { AnswerFormat } from '../chat/request.ts';
import { SchemaCheck } from '../chat/schema-check.ts';
import { addText } from '../chat/shaping/add-text.ts';
import type { EventFilter } from '../chat/shaping/event-filter.ts';
import { repairJson } from './repair-json.ts';

/**
 * Sees to it that an answer that must be JSON is. Against a schema the whole text is held back until it has been
 * checked, since a part that was shown can't be taken back and asked for again; without one it streams.
 *
 * @throws StructuredOutputError in place of a good end.
 */
export class StructuredAnswer implements EventFilter {
  readonly ended = false;
  readonly #check: SchemaCheck | undefined;
  #text = '';
  #calledTool = false;

  constructor(format: Exclude<AnswerFormat, { type: 'text' }>) {
    this.#check = format.type === 'json-schema' ? new SchemaCheck(format.schema) : undefined;
  }

  push(events: readonly ChatEvent[]): readonly ChatEvent[] {
    const output: ChatEvent[] = [];
    for (const event of events) {
      if (event.type === 'text-delta') this.#text += event.text;
      if (event.type === 'tool-call-start') addText(output, this.#giveWay());
      if (event.type === 'finish') addText(output, this.#release(event));
      if (event.type !== 'text-delta' || this.#check === undefined) output.push(event);
    }
    return output;
  }

  /** A call comes first, and what was said before it is no answer yet. */
  #giveWay(): string {
    const held = this.#check === undefined ? '' : this.#text;
    this.#calledTool = true;
    this.#text = '';
    return held;
  }

  /** An answer that was cut, or that calls tools first, need not be whole. @returns what was held back. */
  #release({ reason, stopSequence }: FinishEvent): string {
    const isWhole = reason === 'stop' && stopSequence === undefined && !this.#calledTool;
    const judged = isWhole ? this.#judge() : this.#text;
    return this.#check === undefined ? '' : judged;
  }

  #judge(): string {
    const text = isJson(this.#text) ? this.#text : this.#repaired();
    const problem = this.#check?.problemOf(JSON.parse(text));
    if (problem === undefined) return text;
    throw new StructuredOutputError(`The model's answer does not fit the schema. ${problem}`);
  }

  /** What has streamed already can't be mended. */
  #repaired(): string {
    const repaired = this.#check === undefined ? undefined : repairJson(this.#text);
    if (repaired === undefined)
      throw new StructuredOutputError("The model's answer is not JSON, though JSON was asked for.");
    return repaired;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
