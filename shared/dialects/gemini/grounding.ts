import type { Source } from '../../chat/source.ts';
import type { SearchInfoMode } from '../openai-chat/options.ts';
import { sourcesText } from '../openai-chat/sources-text.ts';

/** What one answer's search found. */
export class Grounding {
  readonly #sources = new Map<number, Source>();

  add(sources: readonly Source[]): void {
    for (const source of sources) this.#sources.set(source.number, source);
  }

  /** `groundingMetadata` of a candidate; without sources there is none. */
  metadata(): object | undefined {
    if (this.#sources.size === 0) return undefined;
    const groundingChunks = [...this.#sources.values()].map(({ url, title }) => ({ web: { uri: url, title } }));
    return { groundingChunks };
  }

  /** What the mode wants at the end of the text. */
  closingText(mode: SearchInfoMode): string {
    return sourcesText([...this.#sources.values()], mode);
  }
}
