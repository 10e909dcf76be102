import type { AgentRun } from '../runs/agent-run.ts';
import { runSection } from './run-section.ts';
import { settingsSection } from './settings-section.ts';

/** The page of one agent: its settings, and the transcript of each run. */
export function agentPage(runs: readonly AgentRun[]): string {
  const [first] = runs;
  if (first === undefined) return '';
  const { agent } = first;
  const names = [...new Set(first.requests.flatMap(({ tools }) => tools))];
  return [
    `# ${agent.title} at work\n`,
    '<!-- Written by npm run test:agents -- --write. -->\n',
    `\`${agent.package}\` ${agent.version}, unmodified, in front of a gateway whose upstream is the simulator. The model behind it is`,
    '[a script](../agents.md#the-model): it reads a file and edits it with whatever tools it is told of.\n',
    '## Settings\n',
    settingsSection(agent),
    '## Tools\n',
    `It declares ${names.length}: ${names.map((name) => `\`${name}\``).join(', ')}.`,
    agent.hiddenTools === undefined ? '' : `Never shown to the model: ${agent.hiddenTools.join(', ')}.\n`,
    ...runs.map(runSection),
  ].join('\n');
}
