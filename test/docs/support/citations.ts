/** A citation of a section of the pages in docs/protocol, as `qwen-web §4.3` or `client-apis C.1`. */
export interface Citation {
  /** The page's name without its folder and ending. */
  readonly page: string;
  /** The section's number, as `4.3`, `C.1` or `1`. */
  readonly section: string;
}

/** A page's name and one or more sections: `qwen-web §5.1, §6.2`. */
const citation = /\b(qwen-web|client-apis|clients)((?:(?:,| and)? (?:§\d+(?:\.\d+)?|C\.\d+))+)/g;
const section = /§(\d+(?:\.\d+)?)|(C\.\d+)/g;
/** What stands between two words when a comment, or a paragraph, goes on in the next line. */
const lineBreak = /\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g;

/** All citations in a source text, in order. */
export function citationsIn(text: string): readonly Citation[] {
  return [...text.replace(lineBreak, ' ').matchAll(citation)].flatMap(([, page = '', sections = '']) =>
    [...sections.matchAll(section)].map(([, plain, lettered]) => ({ page, section: plain ?? lettered ?? '' })),
  );
}

/** The numbers of a page's numbered headings: `4.3` of `### 4.3 Stream format`. */
export function sectionsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#{2,3} (C\.\d+|\d+(?:\.\d+)?)\.? /gm)].map(([, number = '']) => number);
}
