import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { agents } from './clients/agents.ts';
import { installAgent } from './install/install-agent.ts';
import { factsTable } from './report/facts-table.ts';
import { resultsTable } from './report/results-table.ts';
import { runSection } from './report/run-section.ts';
import { writePages } from './report/write-pages.ts';
import type { AgentRun } from './runs/agent-run.ts';
import { findProblems } from './runs/find-problems.ts';
import { runAgent } from './runs/run-agent.ts';
import { scenariosFor } from './runs/scenario.ts';

// npm run test:agents: real agents from npm do a one-file edit through the gateway. Not part of npm test: they weigh
// 1.4 GB and are installed by the first run. `--only codex --case cut` runs some of it, `--write` writes docs/agents.

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    case: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const tell = (text: string) => void process.stderr.write(`${text}\n`);
const cacheFolder = process.env.AGENTS_CACHE ?? join(tmpdir(), 'qwen-gateway-agents');

const runs: AgentRun[] = [];
for (const [place, agent] of agents.entries()) {
  if (!agent.name.includes(values.only)) continue;
  tell(`${agent.title} ${agent.version} ...`);
  const program = await installAgent(agent, cacheFolder);
  for (const scenario of scenariosFor(place, agent)) {
    if (!scenario.name.includes(values.case)) continue;
    const run = await runAgent(agent, program, scenario, join(cacheFolder, 'runs', agent.name));
    runs.push(run);
    report(run);
  }
}
console.log(resultsTable(runs) + factsTable(runs));
if (values.write) await writePages(runs, 'docs');
const failed = runs.filter((run) => findProblems(run).length > 0).length;
console.log(`agents: ${runs.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && runs.length > 0 ? 0 : 1;

function report(run: AgentRun): void {
  const problems = findProblems(run);
  tell(`  ${run.scenario.name}: ${problems.join('; ') || 'done'}`);
  if (run.strayConnections.length > 0) tell(`    refused: ${[...new Set(run.strayConnections)].join(', ')}`);
  if (problems.length > 0 || values.verbose) tell(`${runSection(run)}\n${run.program.output}`);
}
