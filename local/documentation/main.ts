import { writeFileSync } from 'node:fs';
import { renderEnvironmentExample } from './environment-example.ts';
import { renderSettingsPage } from './settings-page.ts';

/** `npm run docs`: writes the pages that are made from code. */
writeFileSync('docs/settings.md', renderSettingsPage());
writeFileSync('.env.example', renderEnvironmentExample());
