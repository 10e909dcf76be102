import { ToolInterceptedError } from '../../chat/errors/answer-faults.ts';
import { type ChatEvent, type ChatEvents, isVisible } from '../../chat/event.ts';

/** The platform's own words in place of an answer, as `Tool get_weather does not exists.` (qwen-web §9.3). */
const interception = /^Tool \S{1,128} does not exists?\.?\s*$/;
const opening = 'Tool ';
const endings = [' does not exists.', ' does not exist.'];
/** Characters; the sentence with the longest name is shorter. */
const longestHold = 200;

/**
 * Keeps the platform's own answer to markup that it took for one of its tools from being shown as the model's. Text is
 * held only while all of it could still be that sentence; every other answer passes as it is from its first words on.
 *
 * @throws ToolInterceptedError when that sentence is the whole text of the answer.
 */
export async function* guardInterception(events: ChatEvents): ChatEvents {
  const hold = new OpeningHold();
  try {
    for await (const batch of events) {
      const passed = hold.pass(batch);
      if (passed.length > 0) yield passed;
    }
  } catch (error) {
    const rest = error instanceof ToolInterceptedError ? [] : hold.release();
    if (rest.length > 0) yield rest;
    throw error;
  }
}

class OpeningHold {
  #held = '';
  #isDecided = false;

  pass(batch: readonly ChatEvent[]): readonly ChatEvent[] {
    if (this.#isDecided) return batch;
    const passed: ChatEvent[] = [];
    for (const event of batch) {
      if (!this.#isDecided && event.type === 'text-delta') {
        this.#held += event.text;
        if (!couldBecomeInterception(this.#held)) passed.push(...this.release());
        continue;
      }
      if (event.type === 'finish' && interception.test(this.#held)) {
        throw new ToolInterceptedError('The upstream took the answer for a call of one of its own tools; try again.');
      }
      // Events that a reader sees keep their order.
      if (event.type === 'finish' || isVisible(event)) passed.push(...this.release());
      passed.push(event);
    }
    return passed;
  }

  release(): readonly ChatEvent[] {
    if (this.#held === '') return [];
    const text = this.#held;
    this.#held = '';
    this.#isDecided = true;
    return [{ type: 'text-delta', text }];
  }
}

function couldBecomeInterception(text: string): boolean {
  if (text.length > longestHold) return false;
  if (text.length <= opening.length) return opening.startsWith(text);
  if (!text.startsWith(opening)) return false;
  const nameEnd = text.indexOf(' ', opening.length);
  if (nameEnd === -1) return true;
  const rest = text.slice(nameEnd);
  return interception.test(text) || (nameEnd > opening.length && endings.some((ending) => ending.startsWith(rest)));
}
