import type { Source } from '../../chat/source.ts';
import { CitationTracker } from './citation-tracker.ts';
import type { SearchInfoMode } from './options.ts';
import { sourcesText } from './sources-text.ts';

/** OpenAI's annotation of a part of the text that cites a page; indices in UTF-16 units, the end exclusive. */
export interface UrlCitation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly start_index: number;
    readonly end_index: number;
    readonly title: string;
    readonly url: string;
  };
}

/** What one answer's search found, and where its text says so. */
export class AnswerSources {
  readonly #sources = new Map<number, Source>();
  readonly #citations = new CitationTracker();

  add(sources: readonly Source[]): void {
    for (const source of sources) this.#sources.set(source.number, source);
  }

  /** Takes note of the next piece of the text. */
  follow(text: string): void {
    this.#citations.push(text);
  }

  /** Whether any text has come. */
  get hasText(): boolean {
    return this.#citations.length > 0;
  }

  /** What the mode wants at the end of the text. */
  closingText(mode: SearchInfoMode): string {
    return sourcesText([...this.#sources.values()], mode);
  }

  /** The citations whose source is known; marks with other numbers stay plain text. */
  annotations(): readonly UrlCitation[] {
    return this.#citations.marks.flatMap(({ number, start, end }) => {
      const source = this.#sources.get(number);
      if (source === undefined) return [];
      const place = { start_index: start, end_index: end, title: source.title, url: source.url };
      return [{ type: 'url_citation', url_citation: place }] satisfies UrlCitation[];
    });
  }
}
