import { markdownTable } from '../../support/markdown-table.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import { findProblems } from '../runs/find-problems.ts';

/** Agent by case: how many requests it took, or what went wrong. */
export function resultsTable(runs: readonly AgentRun[]): string {
  const scenarios = [...new Set(runs.map(({ scenario }) => scenario.name))];
  const titles = [...new Set(runs.map(({ agent }) => agent.title))];
  const rows = titles.map((title) => [
    title,
    ...scenarios.map((name) =>
      outcome(runs.find(({ agent, scenario }) => agent.title === title && scenario.name === name)),
    ),
  ]);
  return markdownTable(['Agent', ...scenarios], rows);
}

function outcome(run: AgentRun | undefined): string {
  if (run === undefined) return '–';
  const problems = findProblems(run);
  if (problems.length > 0) return `**${problems.join('; ')}**`;
  return `done, ${run.requests.length} requests`;
}
