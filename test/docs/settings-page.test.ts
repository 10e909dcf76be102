import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderSettingsPage } from '../../local/documentation/settings-page.ts';

it('docs/settings.md is what the table of settings says; `npm run docs` writes it', () => {
  expect(readFileSync('docs/settings.md', 'utf8')).toBe(renderSettingsPage());
});
