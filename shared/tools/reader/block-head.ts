import { readOpening } from './block-opening.ts';
import { type CallAssembler, lookAlike } from './call-assembler.ts';
import type { CallLog } from './call-log.ts';
import { CallObjectReader } from './call-object-reader.ts';
import { LenientJson } from './json/lenient-json.ts';
import { ParameterTags } from './parameter-tags.ts';

/** What calls are written in. */
export type BlockContent = LenientJson | ParameterTags;

/** Reads what stands between a marker and the calls that it announces. */
export class BlockHead {
  readonly #bare: boolean;
  readonly #assembler: CallAssembler;
  readonly #log: CallLog;
  #content: BlockContent | undefined;
  /** Whether the name has been told by other means than JSON, so that the content is its arguments. */
  #named = false;
  /** Whether a second marker stood within the first. */
  #inner = false;
  #closed = false;

  /** @param bare whether there was no marker. */
  constructor(bare: boolean, assembler: CallAssembler, log: CallLog) {
    this.#bare = bare;
    this.#assembler = assembler;
    this.#log = log;
  }

  /** Absent until it has begun. */
  get content(): BlockContent | undefined {
    return this.#content;
  }

  get named(): boolean {
    return this.#named;
  }

  /** Whether the end marker has come before any content, behind a call without arguments. */
  get closed(): boolean {
    return this.#closed;
  }

  name(name: string): void {
    this.#named = true;
    this.#assembler.begin();
    this.#assembler.named(name);
  }

  /** The content is over, and other may follow. */
  reset(): void {
    this.#content = undefined;
  }

  /** @returns how far it has read; `undefined` when it can't go on before more text has come. */
  read(text: string, index: number): number | undefined {
    const opening = readOpening(text, index);
    switch (opening.type) {
      case 'partial':
        return undefined;
      case 'skip':
        // Without a marker nothing may stand before the first call.
        if (this.#bare && this.#log.isEmpty && text.charAt(index).trim() !== '') break;
        return index + opening.length;
      case 'marker':
        if (this.#inner || this.#bare) break;
        this.#inner = true;
        return index + opening.length;
      case 'name':
        if (this.#named || this.#bare || (opening.bare && !this.#assembler.knows(opening.name))) break;
        this.name(opening.name);
        return index + opening.length;
      case 'json':
        this.#content = this.#json();
        return index;
      case 'parameters':
        if (!this.#named) break;
        this.#content = new ParameterTags(this.#assembler.arguments());
        return index;
      case 'close':
        if (!this.#named) break;
        this.#assembler.end();
        this.#closed = true;
        return index + opening.length;
    }
    this.#assembler.refuse(lookAlike);
    return index;
  }

  #json(): LenientJson {
    return new LenientJson(this.#named ? this.#assembler.arguments() : new CallObjectReader(this.#assembler), true);
  }
}
