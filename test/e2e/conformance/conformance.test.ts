import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { type ConformanceCase, openBench, openConformanceGateway } from './bench.ts';
import { answerCases } from './cases/answers.ts';
import { refusalCases } from './cases/refusals.ts';
import { toolCases } from './cases/tools.ts';
import { clients } from './clients/clients.ts';
import { ConformanceTable } from './table.ts';

const { text, stream, thinking, image, structured } = answerCases;
const { tools, streamedTools } = toolCases;
const { wrongKey, unknownModel, brokenStream, abort } = refusalCases;

const modes: readonly { mode: 'start' | 'dev'; cases: readonly ConformanceCase[] }[] = [
  {
    mode: 'start',
    cases: [
      text,
      stream,
      tools,
      streamedTools,
      thinking,
      image,
      structured,
      wrongKey,
      unknownModel,
      brokenStream,
      abort,
    ],
  },
  // The same bundles behind another door: a few cases show that it changes nothing.
  { mode: 'dev', cases: [text, stream, tools, streamedTools, wrongKey, unknownModel, brokenStream] },
];

describe.each(modes)('clients against npm run $mode', ({ mode, cases }) => {
  const table = new ConformanceTable(
    clients.map(({ name }) => name),
    cases.map(({ name }) => name),
  );
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await openConformanceGateway(mode);
  });
  beforeEach(() => {
    gateway.simulator.control.heal();
    gateway.simulator.control.pace(0);
  });
  afterAll(async () => {
    console.log(`npm run ${mode}\n${table.text()}`);
    await gateway.close();
  });

  describe.each(clients)('$name', (client) => {
    it.each(cases)('$name', ({ name, run }) => table.record(client.name, name, () => run(openBench(gateway, client))));
  });

  if (mode === 'start') {
    it('came out as the page of SDKs says', () => {
      expect(readFileSync('docs/clients.md', 'utf8')).toContain(table.text().trim());
    });
  }
});
