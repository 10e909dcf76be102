import { LenientJson } from './json/lenient-json.ts';
import { StrictJsonWriter } from './json/strict-json-writer.ts';

const fence = '```';
const fenceLine = /^```[\w-]*[ \t\r]*\n/;

/**
 * Repairs the JSON of an object or an array: foreign quotes and marks, single quotes, bare keys, comments, Python's
 * words, raw line breaks in strings, missing commas and last braces; a code fence around it is taken off.
 *
 * @returns strict JSON text; `undefined` when it can't be read, when it breaks off within a string, or when other text
 *   stands around it.
 */
export function repairArguments(text: string): string | undefined {
  const body = withoutFence(text.trim());
  if (!/^[{[｛［【]/.test(body)) return undefined;
  const writer = new SingleValueWriter();
  const json = new LenientJson(writer);
  const read = json.push(body, 0, body.length);
  return read === body.length && json.complete() && !writer.refused ? writer.take() : undefined;
}

function withoutFence(text: string): string {
  const [line] = fenceLine.exec(text) ?? [];
  return line !== undefined && text.length > line.length + fence.length && text.endsWith(fence)
    ? text.slice(line.length, -fence.length).trim()
    : text;
}

/** Refuses a second value behind the first. */
class SingleValueWriter extends StrictJsonWriter {
  #depth = 0;
  #values = 0;

  override get refused(): boolean {
    return super.refused || this.#values > 1;
  }

  override openObject(): void {
    this.#enter();
    super.openObject();
  }

  override openArray(): void {
    this.#enter();
    super.openArray();
  }

  override closeObject(): void {
    this.#depth -= 1;
    super.closeObject();
  }

  override closeArray(): void {
    this.#depth -= 1;
    super.closeArray();
  }

  #enter(): void {
    if (this.#depth === 0) this.#values += 1;
    this.#depth += 1;
  }
}
