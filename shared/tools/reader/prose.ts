import { type FenceRun, matchFenceLine, matchRun } from './code-fence.ts';
import { matchMarker, opensMarker } from './markers.ts';

/** Where calls may begin. */
export interface BlockStart {
  /** What kind of beginning it is; `bare` when nothing but the call's own JSON announces it. */
  readonly form: 'marked' | 'fenced' | 'bare-fenced' | 'bare';
  /** Characters of the marker. */
  readonly length: number;
  /** The tool that the marker names. */
  readonly name?: string;
  /** Whether a line of its own begins here, as calls do and mentions in a sentence hardly ever. */
  readonly ownLine: boolean;
}

/**
 * What a search met: plain text up to `end`, and then, perhaps, a block, the `result` of a call that was made up, or
 * what can't be told from the `partial` text.
 */
export interface Found {
  readonly end: number;
  readonly what?: BlockStart | 'partial' | 'result';
}

const callLanguages: ReadonlySet<string> = new Set([
  'tool_call',
  'tool_calls',
  'tool_code',
  'function_call',
  'function_calls',
]);
const jsonLanguages: ReadonlySet<string> = new Set(['json', 'json5', 'jsonc', '']);

const inText = /[[<［【＜〈`~]/g;
const inInlineCode = /[`\n]/g;
const inFence = /[`~]/g;

/** Follows an answer's text as Markdown, as far as it takes to tell a marker from the mention of one. */
export class Prose {
  #started = false;
  #called = false;
  #behindEndMarker = false;
  /** Whether nothing but white space stands on the line so far. */
  #blankLine = true;
  #fence: FenceRun | undefined;
  /** Length of the run that opened inline code. */
  #inlineTicks = 0;

  /** Looks for the next place that matters. The text up to `end` is done with; the rest is to be shown again. */
  next(text: string, from: number): Found {
    if (!this.#started) {
      const start = this.#start(text, from);
      if (start !== undefined) return start;
    }
    let index = from;
    for (;;) {
      const pattern = this.#fence !== undefined ? inFence : this.#inlineTicks > 0 ? inInlineCode : inText;
      pattern.lastIndex = index;
      const place = pattern.exec(text)?.index ?? text.length;
      this.#pass(text, index, place);
      if (place === text.length) return { end: place };
      const found = this.#judge(text, place);
      if (typeof found !== 'number') return { end: place, what: found };
      this.#pass(text, place, found);
      this.#blankLine ||= this.#behindEndMarker;
      this.#behindEndMarker = false;
      index = found;
    }
  }

  /** What was found turned out to be text. */
  isText({ form }: BlockStart, text: string): void {
    this.#started = true;
    if (form !== 'fenced' && form !== 'bare-fenced') {
      this.#pass(text, 0, text.length);
      return;
    }
    this.#fence = matchRun(`${text} `, 0);
    this.#blankLine = true;
  }

  /** A block of calls is over. */
  isOver(): void {
    this.#started = true;
    this.#called = true;
    this.#blankLine = true;
  }

  /** The first word of an answer may be a call without any marker. */
  #start(text: string, from: number): Found | undefined {
    let index = from;
    while (index < text.length && /\s/.test(text.charAt(index))) index += 1;
    this.#pass(text, from, index);
    if (index === text.length) return { end: index };
    if (/[[{［｛【]/.test(text.charAt(index))) {
      const marker = matchMarker(text, index);
      if (marker === 'partial') return { end: index, what: 'partial' };
      if (marker === undefined) return { end: index, what: { form: 'bare', length: 0, ownLine: true } };
    }
    const atFence = text[index] === '`' || text[index] === '~';
    if (!atFence) this.#started = true;
    return undefined;
  }

  /** @returns where plain text goes on, or what stands there. */
  #judge(text: string, place: number): number | Exclude<Found['what'], undefined> {
    const character = text.charAt(place);
    if (character === '\n') {
      this.#inlineTicks = 0;
      return place + 1;
    }
    if (opensMarker(character)) return this.#judgeMarker(text, place);
    const run = matchRun(text, place);
    if (run === undefined) return 'partial';
    if (this.#fence !== undefined) return this.#judgeFenceEnd(text, place, run, this.#fence);
    if (this.#inlineTicks > 0) {
      if (run.length === this.#inlineTicks) this.#inlineTicks = 0;
      return place + run.length;
    }
    return this.#judgeFence(text, place, run);
  }

  #judgeMarker(text: string, place: number): number | Exclude<Found['what'], undefined> {
    const marker = matchMarker(text, place);
    if (marker === 'partial' || marker === undefined) return marker ?? place + 1;
    if (marker.type === 'result' && this.#called) return 'result';
    if (marker.type !== 'open') {
      this.#behindEndMarker = this.#called;
      return place + marker.length;
    }
    const { length, name } = marker;
    return { form: 'marked', length, ownLine: this.#blankLine, ...(name === undefined ? {} : { name }) };
  }

  #judgeFence(text: string, place: number, run: FenceRun): number | Exclude<Found['what'], undefined> {
    const after = place + run.length;
    const line = run.length >= 3 && this.#blankLine ? matchFenceLine(text, place, run) : undefined;
    if (line === 'partial') return line;
    const first = !this.#started;
    this.#started = true;
    if (line === undefined) {
      if (run.mark === '`') this.#inlineTicks = run.length;
      return after;
    }
    const { language, length } = line;
    if (callLanguages.has(language)) return { form: 'fenced', length, ownLine: true };
    if (first && jsonLanguages.has(language)) return { form: 'bare-fenced', length, ownLine: true };
    this.#fence = run;
    return place + length;
  }

  #judgeFenceEnd(text: string, place: number, run: FenceRun, fence: FenceRun): number {
    const after = place + run.length;
    const closes = run.mark === fence.mark && run.length >= fence.length && this.#blankLine;
    if (closes && /\s/.test(text.charAt(after))) this.#fence = undefined;
    return after;
  }

  /** Keeps account of the line, looking back no further than needed. */
  #pass(text: string, from: number, to: number): void {
    for (let index = to - 1; index >= from; index -= 1) {
      const character = text.charAt(index);
      if (character === '\n') {
        this.#blankLine = true;
        return;
      }
      if (character !== ' ' && character !== '\t' && character !== '\r') {
        this.#blankLine = false;
        return;
      }
    }
  }
}
