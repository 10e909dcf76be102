import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agents } from './clients/agents.ts';
import { settingsSection } from './report/settings-section.ts';

// The agents themselves are no part of npm test; that the pages say what they were run with is.
describe.each(agents)('the page of $name', (agent) => {
  const page = readFileSync(`docs/agents/${agent.name}.md`, 'utf8');

  it('has the settings that the runs give', () => {
    expect(page).toContain(settingsSection(agent).trimEnd());
  });

  it('is of the version that is run, and tells of no failure', () => {
    expect(page).toContain(`\`${agent.package}\` ${agent.version}`);
    expect(page).not.toContain('Not as it should be');
  });

  it('has no place of the machine that wrote it', () => {
    expect(page).not.toMatch(/\/tmp\/|\/home\/|\/Users\/|sk-agents/);
  });
});
