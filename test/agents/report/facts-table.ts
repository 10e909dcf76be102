import { markdownTable } from '../../support/markdown-table.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import { kilobytes } from './plain-words.ts';

/** Bytes of a body that the site still takes (qwen-web §4.5). */
const bodyLimit = 117_000;

const head = [
  'Agent',
  'Tools',
  'First request, kB',
  'The same upstream, kB',
  'Largest upstream, kB',
  'Of what the site takes',
  'Requests',
  'Seconds',
];

/** The sizes of the good runs, one line an agent. */
export function factsTable(runs: readonly AgentRun[]): string {
  return markdownTable(head, runs.filter(({ scenario }) => scenario.name === 'well-formed calls').map(row));
}

function row({ agent, requests, completions, program }: AgentRun): readonly unknown[] {
  // Titles and other errands come first at times; the work is what declares tools.
  const first = requests.findIndex(({ tools }) => tools.length > 0);
  const largest = Math.max(...completions.map(({ bodyBytes }) => bodyBytes));
  return [
    `[${agent.title}](agents/${agent.name}.md) ${agent.version}`,
    requests[first]?.tools.length ?? 0,
    kilobytes(requests[first]?.bodyBytes ?? 0),
    kilobytes(completions[first]?.bodyBytes ?? 0),
    kilobytes(largest),
    `${Math.round((100 * largest) / bodyLimit)} %`,
    requests.length,
    Math.round(program.milliseconds / 1000),
  ];
}
