import type { CallAssembler } from './call-assembler.ts';
import { type KeyRole, keyRole } from './call-keys.ts';
import type { JsonSink } from './json/json-sink.ts';
import { TokenBuffer } from './json/token-buffer.ts';

/** What is open around the token that comes: a list of calls, a call, an object within it, or one around others. */
type Level = 'list' | 'call' | 'part' | 'wrapper';

/** Reads calls written as JSON: one object each, in a row, in an array, or wrapped in further objects. */
export class CallObjectReader implements JsonSink {
  readonly #assembler: CallAssembler;
  readonly #levels: Level[] = [];
  #role: KeyRole = 'other';
  /** Takes the value under way whole. */
  #target: JsonSink | undefined;
  #targetDepth = 0;
  #name = '';
  #foreign = false;

  constructor(assembler: CallAssembler) {
    this.#assembler = assembler;
  }

  get refused(): boolean {
    return this.#foreign || this.#assembler.refused;
  }

  openObject(): void {
    if (this.#target !== undefined) {
      this.#enterTarget((target) => target.openObject());
      return;
    }
    const level = this.#levels.at(-1);
    if (level === undefined || level === 'list') {
      this.#assembler.begin();
      this.#levels.push('call');
    } else if (this.#role === 'name' || this.#role === 'call') this.#levels.push('part');
    else this.#foreign = true;
  }

  closeObject(): void {
    if (this.#target !== undefined) {
      this.#leaveTarget((target) => target.closeObject());
      return;
    }
    if (this.#levels.pop() === 'call') this.#assembler.end();
  }

  openArray(): void {
    if (this.#target !== undefined) {
      this.#enterTarget((target) => target.openArray());
      return;
    }
    const level = this.#levels.at(-1);
    if (level === 'call' && this.#role === 'list') this.#levels[this.#levels.length - 1] = 'wrapper';
    else if (level !== undefined) this.#foreign = true;
    this.#levels.push('list');
  }

  closeArray(): void {
    if (this.#target !== undefined) this.#leaveTarget((target) => target.closeArray());
    else this.#levels.pop();
  }

  key(name: string): void {
    if (this.#target !== undefined) {
      this.#target.key(name);
      return;
    }
    this.#role = keyRole(name);
    if (this.#role === 'arguments') this.#target = this.#assembler.arguments();
    else if (this.#role === 'other') this.#target = this.#assembler.other(name);
    else if (this.#role === 'ignored') this.#target = new TokenBuffer();
  }

  openString(): void {
    if (this.#target !== undefined) {
      this.#target.openString();
      return;
    }
    this.#name = '';
    this.#foreign ||= !this.#expectsName;
  }

  stringPart(text: string): void {
    if (this.#target !== undefined) this.#target.stringPart(text);
    else this.#name += text;
  }

  closeString(): void {
    if (this.#target !== undefined) this.#scalar((target) => target.closeString());
    else this.#assembler.named(this.#name);
  }

  literal(text: string): void {
    if (this.#target !== undefined) {
      this.#scalar((target) => target.literal(text));
      return;
    }
    if (this.#expectsName) this.#assembler.named(text);
    else this.#foreign = true;
  }

  get #expectsName(): boolean {
    const level = this.#levels.at(-1);
    return this.#role === 'name' && (level === 'call' || level === 'part');
  }

  #enterTarget(tell: (target: JsonSink) => void): void {
    this.#targetDepth += 1;
    if (this.#target !== undefined) tell(this.#target);
  }

  #leaveTarget(tell: (target: JsonSink) => void): void {
    this.#targetDepth -= 1;
    this.#scalar(tell);
  }

  #scalar(tell: (target: JsonSink) => void): void {
    if (this.#target !== undefined) tell(this.#target);
    if (this.#targetDepth === 0) this.#target = undefined;
  }
}
