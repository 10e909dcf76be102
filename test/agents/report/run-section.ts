import { markdownTable } from '../../support/markdown-table.ts';
import type { ModelStep } from '../model/scripted-model.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import { findProblems } from '../runs/find-problems.ts';
import { block, kilobytes, withoutFolders } from './plain-words.ts';

/** One run: what the agent asked, what the model answered, what became of the file. */
export function runSection(run: AgentRun): string {
  const { scenario, program, steps } = run;
  const faults = run.completions.flatMap(({ fault }, index) =>
    fault === undefined ? [] : [`${fault} at ${index + 1}`],
  );
  const problems = findProblems(run);
  return [
    `## With ${scenario.name}\n`,
    'What the agent asked of the gateway:',
    requestTable(run),
    `What the gateway asked of the upstream: ${run.completions.map(({ bodyBytes }) => kilobytes(bodyBytes)).join(', ')} kB` +
      `${faults.length === 0 ? '' : `; made to fail: ${faults.join(', ')}`}.\n`,
    ...steps.map((step, index) => stepWords(step, index, run)),
    `The agent ended with exit code ${program.exitCode}. The file before:\n`,
    `${block(run.fileBefore)}\nand after:\n\n${block(run.fileAfter)}`,
    problems.length === 0 ? '' : `**Not as it should be:** ${problems.join('; ')}.\n`,
  ].join('\n');
}

function requestTable({ requests }: AgentRun): string {
  const rows = requests.map(({ method, path, status, bodyBytes, tools, answerBytes }, index) => [
    index + 1,
    `${method} ${path}`,
    status ?? 'none',
    kilobytes(bodyBytes),
    tools.length,
    kilobytes(answerBytes),
  ]);
  return markdownTable(['#', 'Request', 'Status', 'Body, kB', 'Tools', 'Answer, kB'], rows);
}

function stepWords({ purpose, tools, words }: ModelStep, index: number, run: AgentRun): string {
  const call = ['read', 'edit'].indexOf(purpose);
  const form = run.scenario.forms[call] ?? run.scenario.forms.at(-1);
  const how = call < 0 || form === undefined ? '' : `, ${form.name}`;
  return `Answer ${index + 1}, ${purpose}${how}; told of ${tools.length} tools:\n\n${block(withoutFolders(words, run))}\n`;
}
