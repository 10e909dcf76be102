import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentRun } from '../runs/agent-run.ts';
import { agentPage } from './agent-page.ts';
import { factsTable } from './facts-table.ts';
import { resultsTable } from './results-table.ts';

/** Writes the transcripts, and the tables into the page that leads to them. Prose stays as it is. */
export async function writePages(runs: readonly AgentRun[], documentation: string): Promise<void> {
  await mkdir(join(documentation, 'agents'), { recursive: true });
  const names = new Set(runs.map(({ agent }) => agent.name));
  for (const name of names) {
    const page = agentPage(runs.filter(({ agent }) => agent.name === name));
    await writeFile(join(documentation, 'agents', `${name}.md`), `${page.trimEnd().replaceAll(/\n{3,}/g, '\n\n')}\n`);
  }
  const path = join(documentation, 'agents.md');
  const page = await readFile(path, 'utf8');
  await writeFile(path, between(between(page, 'results', resultsTable(runs)), 'facts', factsTable(runs)));
}

/** Puts a table between the two comments that bear its name. */
function between(page: string, name: string, table: string): string {
  const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
  return page.replace(place, (_whole, begin: string, end: string) => `${begin}${table}\n${end}`);
}
