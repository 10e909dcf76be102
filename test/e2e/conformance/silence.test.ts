import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { openBench } from './bench.ts';
import type { StreamedAnswer } from './client.ts';
import { clients } from './clients/clients.ts';
import { ask } from './wire/ask.ts';
import { type WireDialect, wireDialects } from './wire/dialects.ts';
import { readStream, type StreamRecord } from './wire/read-stream.ts';

/** Where an upstream falls silent: before its answer has begun, and in the middle of it (clients §5). */
const silences: readonly FaultRule[] = [{ fault: 'stall-before-head' }, { fault: 'stall-after', after: 5 }];
const callers = clients.length + wireDialects.length;
/** Responses begin with what is also their empty event, so this is one silence at least. */
const emptyEvents = 3;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({
    accounts: Array.from({ length: callers }, (_, number) => `account${number}@example.com`),
    env: { FIRST_EVENT_SECONDS: '1', IDLE_EVENT_SECONDS: '1', UPSTREAM_IDLE_SECONDS: '60' },
  });
});
afterAll(() => gateway.close());

/** Reads a stream to its end. @param onSilence told once, of the last empty event that is waited for. */
async function readThroughSilence(dialect: WireDialect, onSilence: () => void): Promise<readonly StreamRecord[]> {
  const records: StreamRecord[] = [];
  let silent = 0;
  for await (const record of readStream(await ask(gateway, dialect, 'streamed', 'count to 20'))) {
    records.push(record);
    if (dialect.isIdle(record)) silent += 1;
    if (dialect.isIdle(record) && silent === emptyEvents) onSilence();
  }
  return records;
}

describe.each(silences)('a silent upstream, $fault', (silence) => {
  const streams = new Map<string, readonly StreamRecord[]>();
  const answers = new Map<string, PromiseSettledResult<StreamedAnswer>>();

  // Everybody at once: the upstream goes on when all streams that are read by hand have been kept alive.
  beforeAll(async () => {
    const { control } = gateway.simulator;
    control.fault({ ...silence, times: callers });
    const byClients = Promise.allSettled(clients.map((client) => openBench(gateway, client).use.stream('count to 20')));
    let waiting = wireDialects.length;
    const onSilence = () => {
      waiting -= 1;
      if (waiting === 0) control.release();
    };
    const byHand = await Promise.all(wireDialects.map((dialect) => readThroughSilence(dialect, onSilence)));
    for (const [index, { name }] of wireDialects.entries()) streams.set(name, byHand[index] ?? []);
    const settled = await byClients;
    for (const [index, { name }] of clients.entries()) {
      const answer = settled[index];
      if (answer !== undefined) answers.set(name, answer);
    }
  });

  it.each(wireDialects)('$name: the stream lives on by its own empty events, and ends well', (dialect) => {
    const records = streams.get(dialect.name) ?? [];
    expect(records.filter(dialect.isIdle).length).toBeGreaterThanOrEqual(emptyEvents);
    expect(records.map(dialect.textOf).join('').match(/\d+/g)).toHaveLength(20);
    expect(records.some(dialect.isGoodEnd)).toBe(true);
    expect(records.some(dialect.isError)).toBe(false);
  });

  it.each(clients)('is lived through by $name', ({ name }) => {
    const answer = answers.get(name);
    expect(answer).toMatchObject({ status: 'fulfilled', value: { text: expect.stringMatching(/^1 2 .* 20$/) } });
  });
});
