import { proseOf } from './fences.ts';
import type { Page } from './pages.ts';

/** The cells of all table rows of a page, heads and rules left out. */
export function tableRowsOf(page: Page): readonly (readonly string[])[] {
  const lines = proseOf(page).split('\n');
  return lines.flatMap((line, index) =>
    isRow(line) && !isRule(line) && !isRule(lines[index + 1] ?? '') ? [cells(line)] : [],
  );
}

const isRow = (line: string) => line.startsWith('|');
const isRule = (line: string) => /^\|[\s|:-]+\|$/.test(line);

function cells(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** The texts between backticks in a cell. */
export function spansIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
}
