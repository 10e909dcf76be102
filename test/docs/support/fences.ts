import type { Page } from './pages.ts';

/** One fenced block of a page. */
export interface Fence {
  readonly path: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment `<!-- run: ... -->` before the block says its output holds; `undefined` when there is no such comment. */
  readonly expected: string | undefined;
}

const fenced = /(?:<!-- run: (.+?) -->\n\s*)?^```(\w*)\n([\s\S]*?)^```$/gm;

/** All fenced blocks of a page, in order. */
export function fencesOf({ path, text }: Page): readonly Fence[] {
  return [...text.matchAll(fenced)].map((match) => {
    const [whole, expected, language = '', code = ''] = match;
    const before = text.slice(0, match.index + whole.indexOf('```'));
    return { path, line: before.split('\n').length, language, code, expected };
  });
}

/** A page without its fenced blocks. */
export function proseOf({ text }: Page): string {
  return text.replace(fenced, '');
}

/** The texts between single backticks, in prose. */
export function codeSpansOf(page: Page): readonly string[] {
  return [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}
