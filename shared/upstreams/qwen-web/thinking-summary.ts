import { type JsonObject, listField, objectField } from './json-fields.ts';

/** One rendered part of the summary. */
interface Section {
  title: string;
  thought: string;
}

/**
 * Reads the summary of a model's thinking. The site sends the titles and thoughts so far whole with every frame, and
 * begins again after a tool was used (qwen-web §4.3); this gives only what has grown, as text: a title's line, a blank
 * line, its thought; sections are a blank line apart.
 */
export class ThinkingSummary {
  #sections: Section[] = [];
  #hasText = false;

  /** @param extra field `extra` of a `thinking_summary` delta. */
  read(extra: JsonObject | undefined): string {
    const titles = texts(extra, 'summary_title');
    const thoughts = texts(extra, 'summary_thought');
    const count = Math.max(titles.length, thoughts.length);
    let grown = '';
    for (let index = 0; index < count; index++) grown += this.#section(index, titles[index], thoughts[index]);
    return grown;
  }

  /** A part that the frame leaves out is taken as unchanged. */
  #section(index: number, title: string | undefined, thought: string | undefined): string {
    const known = this.#sections[index];
    const goesOn =
      known !== undefined &&
      (title ?? known.title).startsWith(known.title) &&
      (thought ?? known.thought).startsWith(known.thought);
    // When it does not go on, the arrays have begun again, from here on at least.
    const section = goesOn ? known : this.#open(index);
    return this.#grow(section, title ?? section.title, thought ?? section.thought);
  }

  #open(index: number): Section {
    const section = { title: '', thought: '' };
    this.#sections = [...this.#sections.slice(0, index), section];
    return section;
  }

  #grow(section: Section, title: string, thought: string): string {
    const isNew = section.title === '' && section.thought === '';
    const isLast = section === this.#sections.at(-1);
    // Text that was shown can't be changed: a title grows only until its thought begins.
    const titleGrowth = isLast && section.thought === '' ? title.slice(section.title.length) : '';
    const thoughtGrowth = thought.slice(section.thought.length);
    const beginsParagraph = thoughtGrowth !== '' && ((section.thought === '' && title !== '') || !isLast);
    section.title = title;
    section.thought = thought;
    const growth = titleGrowth + (beginsParagraph ? '\n\n' : '') + thoughtGrowth;
    const separator = isNew && this.#hasText && growth !== '' ? '\n\n' : '';
    if (growth !== '') this.#hasText = true;
    return separator + growth;
  }
}

function texts(extra: JsonObject | undefined, name: string): readonly string[] {
  const list = listField(objectField(extra, name), 'content') ?? [];
  return list.map((item) => (typeof item === 'string' ? item : ''));
}
