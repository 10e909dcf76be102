import type { AdminAnswer } from './admin-client.ts';

/** Rows as columns of text; what there is not is shown as `-`. */
export function formatTable(rows: readonly AdminAnswer[], columns: readonly string[]): string {
  const cells = [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? '-')))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
