import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderAccountStatesPage } from '../../local/documentation/account-states-page.ts';
import { stateMeanings, transitions } from '../../shared/accounts/account-states.ts';

describe('docs/account-states.md', () => {
  const page = readFileSync('docs/account-states.md', 'utf8');

  it('is what the table of states says; `npm run docs` writes it', () => {
    expect(page).toBe(renderAccountStatesPage());
  });

  it('has every state, and every transition in the diagram and in the list', () => {
    for (const state of Object.keys(stateMeanings)) expect(page).toContain(`| ${state} |`);
    for (const { from, event, to } of transitions) {
      expect(page).toContain(`| ${from.join(', ')} | ${event} | ${to} |`);
      for (const state of from) {
        expect(page).toMatch(new RegExp(`^ {4}${state} --> ${to}: .*\\b${event}\\b`, 'm'));
      }
    }
  });
});
