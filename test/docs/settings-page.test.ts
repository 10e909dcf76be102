import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderEnvironmentExample } from '../../local/documentation/environment-example.ts';
import { renderSettingsPage } from '../../local/documentation/settings-page.ts';

describe('what the table of settings says stands in the pages that `npm run docs` writes', () => {
  it.each([
    ['docs/settings.md', renderSettingsPage],
    ['.env.example', renderEnvironmentExample],
  ])('%s', (path, render) => {
    expect(readFileSync(path, 'utf8')).toBe(render());
  });
});
