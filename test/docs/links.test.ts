import { existsSync, globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeSpansOf, proseOf } from './support/fences.ts';
import { type Page, pages, readPage } from './support/pages.ts';

const paths = pages.map((page) => [page.path, page] as const);

/** Relative targets of Markdown links. */
function linksOf(page: Page): readonly string[] {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** Paths of the repository that stand between backticks; a star stands for anything. */
function mentionedPaths(page: Page): readonly string[] {
  return codeSpansOf(page).filter((span) => /^(?:shared|functions|infra|local|test|docs|\.ci)\/[\w./*-]*$/.test(span));
}

/** The anchors that a page's headings make. */
function anchorsOf({ text }: Page): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

function isBroken(page: Page, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.path : normalize(join(dirname(page.path), file));
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(readPage(target)).includes(anchor);
}

describe.each(paths)('%s', (_path, page) => {
  it('links to what is there', () => {
    expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it('names files that are there', () => {
    expect(mentionedPaths(page).filter((path) => globSync(path).length === 0)).toEqual([]);
  });
});

describe('the README', () => {
  it('leads to every page but the single decisions', () => {
    const linked = new Set(linksOf(readPage('README.md')).map((link) => normalize(link.split('#')[0] ?? '')));
    const lonely = pages
      .map(({ path }) => path)
      .filter((path) => path !== 'README.md' && !path.startsWith('docs/decisions/') && !linked.has(path));
    expect(lonely).toEqual([]);
  });
});
