import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { citationsIn, sectionsOf } from './support/citations.ts';

const pageNames = ['qwen-web', 'client-apis', 'clients'] as const;
/** The tests of the documentation hold made-up citations. */
const sources = [
  ...globSync('{shared,functions,local,infra,console,test,docs}/**/*.{ts,mjs,js,md}').sort(),
  'README.md',
].filter((path) => !path.startsWith('test/docs/'));
const texts = sources.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const sections = new Map<string, readonly string[]>(
  pageNames.map((name) => [name, sectionsOf(readFileSync(`docs/protocol/${name}.md`, 'utf8'))]),
);

describe('the reader of citations', () => {
  it.each([
    ['one section', '(qwen-web §4.3)', ['qwen-web 4.3']],
    ['a whole chapter', 'see qwen-web §7.', ['qwen-web 7']],
    ['several sections', '(qwen-web §3, §4.1 and §5)', ['qwen-web 3', 'qwen-web 4.1', 'qwen-web 5']],
    ['several pages', '/** client-apis C.1, clients §1 (4, 5) say who. */', ['client-apis C.1', 'clients 1']],
    ['a broken comment', ' * of frames (qwen-web\n * §4.3,\n * §4.4).', ['qwen-web 4.3', 'qwen-web 4.4']],
    ['a broken line comment', '// it is (clients\n    // §4)', ['clients 4']],
    ['no citation', 'the folder qwen-web, and clients who read § 4', []],
  ])('finds %s', (_what, text, expected) => {
    expect(citationsIn(text).map(({ page, section }) => `${page} ${section}`)).toEqual(expected);
  });

  it('reads the numbers of headings', () => {
    expect(sectionsOf('# Title\n\n## 4. Chat\n\n### 4.3 Stream\n\n## C.1 OpenAI\n\n### Images\n')).toEqual([
      '4',
      '4.3',
      'C.1',
    ]);
  });
});

describe('citations of docs/protocol', () => {
  it('are found in the code', () => {
    const cited = texts.flatMap(({ path, text }) => (/\.(?:ts|mjs)$/.test(path) ? citationsIn(text) : []));
    expect(cited.length).toBeGreaterThan(60);
    expect(new Set(cited.map(({ page }) => page))).toEqual(new Set(pageNames));
  });

  it('name sections that have a heading', () => {
    const dangling = texts.flatMap(({ path, text }) =>
      citationsIn(text)
        .filter(({ page, section }) => sections.get(page)?.includes(section) !== true)
        .map(({ page, section }) => `${path}: ${page} ${section}`),
    );
    expect(dangling).toEqual([]);
  });

  it.each(pageNames)('are clear: each section of %s has one heading', (name) => {
    const numbers = sections.get(name) ?? [];
    expect(numbers.length).toBeGreaterThan(4);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

/** The lines of a program that are nothing but a comment. In its texts, `notes.md` may be anything. */
const commentsOf = (text: string) => [...text.matchAll(/^\s*(?:\/\/|\/?\*).*$/gm)].join('\n');

describe('comments', () => {
  it('name no page that is outside the repository', () => {
    const strange = texts
      .filter(({ path }) => !path.endsWith('.md'))
      .flatMap(({ path, text }) =>
        [...commentsOf(text).matchAll(/(?<![\w./*-])[\w./-]+\.md\b/g)].map(([page]) => ({ path, page })),
      );
    expect(strange.length).toBeGreaterThan(3);
    expect(strange.filter(({ page }) => !existsSync(page))).toEqual([]);
  });
});
