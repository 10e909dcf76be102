import { describe, expect, it } from 'vitest';
import { inlineText, linkTarget } from '../../../../shared/dialects/openai-chat/markdown.ts';

describe('text within Markdown', () => {
  it.each([
    ['two\n\n  lines ', 'two lines'],
    ['[a] <b> *c* _d_ `e` |f| \\', '\\[a\\] \\<b\\> \\*c\\* \\_d\\_ \\`e\\` \\|f\\| \\\\'],
    ['plain (text)', 'plain (text)'],
  ])('%j is %j', (text, line) => {
    expect(inlineText(text)).toBe(line);
  });
});

describe('a link’s target', () => {
  it.each([
    [' https://a.example/b ', 'https://a.example/b'],
    ['https://a.example/b c(d)', 'https://a.example/b%20c%28d%29'],
    ['https://a.example/<b>|\\\t', 'https://a.example/%3Cb%3E%7C%5C'],
    ['https://a.example/a\u3000b\tc', 'https://a.example/a%E3%80%80b%09c'],
  ])('%j is %j', (url, target) => {
    expect(linkTarget(url)).toBe(target);
  });
});
