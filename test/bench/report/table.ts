/** A Markdown table. @param rows the first holds the headings. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [headings = [], ...body] = rows;
  return [headings, headings.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A number with as many digits as mean something; `–` where nothing was measured. */
export function figure(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
