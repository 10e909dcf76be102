import type { UrlCitation } from '../openai-chat/answer-sources.ts';

/** A page that the text cites, in the form that Anthropic's web search has. What is not known is empty. */
export interface Citation {
  readonly type: 'web_search_result_location';
  readonly url: string;
  readonly title: string;
  readonly cited_text: string;
  readonly encrypted_index: string;
}

/** Writes each cited page once. The marks in the text, as `[[1]]`, stay: Anthropic's form has no places in the text. */
export function writeCitations(annotations: readonly UrlCitation[]): readonly Citation[] {
  const pages = new Map(annotations.map(({ url_citation: page }) => [page.url, page.title]));
  return [...pages].map(([url, title]) => ({
    type: 'web_search_result_location',
    url,
    title,
    cited_text: '',
    encrypted_index: '',
  }));
}
