import { eventMeanings, stateMeanings, transitions } from '../../shared/accounts/account-states.ts';

/** docs/account-states.md, drawn from the table that the scheduler itself uses, so that the two can't differ. */
export function renderAccountStatesPage(): string {
  return `# States of an account

Drawn from \`shared/accounts/account-states.ts\` by \`npm run docs\`. The code that writes states asks the same table.

\`wait\` and \`probing\` are kept for each kind of work (chat, image, video), the other states for the whole account.

\`\`\`mermaid
stateDiagram-v2
    [*] --> ok
${arrows().join('\n')}
\`\`\`

## States

| state | meaning |
| --- | --- |
${rows(stateMeanings)}

## Events

| event | meaning |
| --- | --- |
${rows(eventMeanings)}

## Transitions

What is not listed changes no state: a protocol, transport or content fault benches nobody.

| from | event | to |
| --- | --- | --- |
${transitions.map(({ from, event, to }) => `| ${from.join(', ')} | ${event} | ${to} |`).join('\n')}

## How long a wait lasts

A short limit lasts 60 s, a used-up quota 1 h, when the upstream does not tell; its word is honoured up to 15 min and 24 h.
When the probe after a wait meets the same fault, the next wait is twice as long, up to the same ends (a quota’s wait is the
upstream’s own word whenever it gives one). A short limit keeps the last account that could serve away for 10 s at most.
`;
}

/** One arrow for each pair of states, labelled with all events that lead from one to the other. */
function arrows(): readonly string[] {
  const labels = new Map<string, string[]>();
  for (const { from, event, to } of transitions) {
    for (const state of from) {
      const pair = `${state} --> ${to}`;
      labels.set(pair, [...(labels.get(pair) ?? []), event]);
    }
  }
  return [...labels].map(([pair, events]) => `    ${pair}: ${events.join(', ')}`);
}

function rows(meanings: Readonly<Record<string, string>>): string {
  return Object.entries(meanings)
    .map(([name, meaning]) => `| ${name} | ${meaning} |`)
    .join('\n');
}
