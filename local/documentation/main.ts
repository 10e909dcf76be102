import { writeFileSync } from 'node:fs';
import { renderAccountStatesPage } from './account-states-page.ts';
import { renderEnvironmentExample } from './environment-example.ts';
import { renderSettingsPage } from './settings-page.ts';

/** `npm run docs`: writes the pages that are made from code. */
writeFileSync('docs/settings.md', renderSettingsPage());
writeFileSync('docs/account-states.md', renderAccountStatesPage());
writeFileSync('.env.example', renderEnvironmentExample());
