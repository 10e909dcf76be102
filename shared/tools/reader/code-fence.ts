/** A run of backticks or tildes. */
export interface FenceRun {
  readonly mark: string;
  readonly length: number;
}

/** What stands behind the marks that open a block of code. */
export interface FenceLine {
  /** The first word, in lower case. */
  readonly language: string;
  /** Characters from the first mark to the line break, that included. */
  readonly length: number;
}

const longestRun = 32;
const longestLine = 80;

/** @returns the run of marks at a place; `undefined` while it may go on beyond the text. */
export function matchRun(text: string, index: number): FenceRun | undefined {
  const mark = text.charAt(index);
  let length = 1;
  while (length < longestRun && text[index + length] === mark) length += 1;
  return length < longestRun && index + length === text.length ? undefined : { mark, length };
}

/**
 * Reads the line that a run of three or more marks begins.
 *
 * @returns `partial` when its end hasn't come, `undefined` when such a line opens no block.
 */
export function matchFenceLine(text: string, index: number, run: FenceRun): FenceLine | 'partial' | undefined {
  const begin = index + run.length;
  const rest = text.slice(begin, begin + longestLine);
  const lineBreak = rest.indexOf('\n');
  const information = lineBreak === -1 ? rest : rest.slice(0, lineBreak);
  if (run.mark === '`' && information.includes('`')) return undefined;
  if (lineBreak === -1 && rest.length < longestLine) return 'partial';
  const [language = ''] = information.trim().toLowerCase().split(/\s/);
  return { language, length: run.length + (lineBreak === -1 ? 0 : lineBreak + 1) };
}
