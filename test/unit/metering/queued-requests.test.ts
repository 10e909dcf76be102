import { describe, expect, it } from 'vitest';
import type { Wanted } from '../../../shared/chat/call-meter.ts';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { jsonResponse } from '../../../shared/http/http-response.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { meterRoute } from '../../../shared/metering/meter-route.ts';
import { Metering } from '../../../shared/metering/metering.ts';
import { readUsageRow, usageShards } from '../../../shared/metering/usage-row.ts';
import { meterKey, usagePartition } from '../../../shared/store/keys.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { openCall, readAnswer } from '../../support/metered/metered-call.ts';
import { serveChat } from '../../support/metered/metered-chat.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const route = { path: '/v1/responses', dialect: 'openai-responses', kind: 'chat' } as const;
const body = { model: 'qwen', messages: [{ role: 'user', content: 'word'.repeat(50) }], stream: true };
const chat: NonNullable<Wanted['chat']> = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'word'.repeat(50) }] }],
  limits: { stopSequences: [] },
  tools: { definitions: [], choice: { type: 'auto' }, parallel: true },
};
const limits: CallerLimits = {
  requestsPerMinute: 1,
  inFlight: 1,
  day: { requests: 1, tokens: 10_000, images: 2 },
};

/** A key whose requests are let in by one function, and served by another. */
function open() {
  const table = new MemoryTable();
  const time = { now: noon };
  const metering = new Metering({
    table,
    calendar: new Calendar('UTC'),
    logger: createLogger('error'),
    longestJob: 1,
    now: () => time.now,
  });
  const until = noon + 600_000;
  const run = async (call: Call, handle: (call: Call) => ReturnType<typeof serveChat>) => {
    const text = await meterRoute(metering, route, handle)(call).then((response) => readAnswer(response));
    await call.background.settled();
    return text;
  };
  /** @param fails what befalls whoever queues it, once it was let in. */
  const queue = (id: string, wanted: Wanted = { chat }, fails?: Error) =>
    run(openCall('k', `post of ${id}`, body, limits).call, async ({ meter }) => {
      await meter?.admit({ ...wanted, queued: { id, until } });
      if (fails !== undefined) throw fails;
      meter?.leave();
      return jsonResponse({});
    });
  const serve = (
    id: string,
    handle = (call: Call) => serveChat(call, { promptTokens: 60, tokens: 3000, counts: true }),
  ) => run({ ...openCall('k', id, body, limits).call, wasQueued: true }, handle);
  const item = () => table.peek(meterKey('k')) ?? {};
  const rows = async (day = '2026-11-22') => {
    const shards = Array.from({ length: usageShards }, (_, shard) => table.query(usagePartition(day, shard)));
    return (await Promise.all(shards)).flat().flatMap((row) => readUsageRow(row) ?? []);
  };
  return { time, metering, queue, serve, item, rows };
}

describe('a request that is queued', () => {
  it('is served by what was reserved for it, and counts and is charged once', async () => {
    const { queue, serve, item, rows } = open();
    await queue('one');
    expect(item()).toMatchObject({ inFlight: 1, '2026-11-22/requests': 1, '2026-11-22/tokens': 50 + 2048 });
    expect(await rows()).toEqual([]);
    expect(await serve('one')).toContain('"finish_reason":"stop"');
    expect(item()).toMatchObject({ inFlight: 0, '2026-11-22/requests': 1, '2026-11-22T12:00/requests': 1 });
    expect(item()).toMatchObject({ '2026-11-22/tokens': 3060 });
    expect(await rows()).toEqual([expect.objectContaining({ id: 'one', status: 200, chargedTokens: 3060 })]);
    expect(Object.keys(item()).filter((name) => name.includes('one'))).toEqual([]);
  });

  it('is refused before it is queued when there is no room', async () => {
    const { queue, item, rows } = open();
    await queue('one');
    await expect(queue('two')).rejects.toMatchObject({ status: 429, code: 'budget_exhausted' });
    expect(Object.keys(item()).filter((name) => name.includes('two'))).toEqual([]);
    expect(await rows()).toEqual([expect.objectContaining({ id: 'post of two', status: 429 })]);
  });

  it('leaves nothing when it can’t be queued, or nobody begins it', async () => {
    const { metering, queue, item, time } = open();
    await expect(queue('one', { chat }, new Error('no machine'))).rejects.toThrow('no machine');
    expect(item()).toMatchObject({ inFlight: 0, '2026-11-22/requests': 0, '2026-11-22/tokens': 0 });
    time.now += 60_000;
    await queue('two');
    await metering.queued.release('k', 'two');
    expect(item()).toMatchObject({ inFlight: 0, '2026-11-22/requests': 0, '2026-11-22/tokens': 0 });
    time.now += 60_000;
    await queue('three');
    time.now += 600_000;
    const { states, inFlight } = await metering.meters.look('k', limits);
    expect([inFlight, ...states.map(({ taken }) => taken)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('is not given back once somebody serves it', async () => {
    const { metering, queue, serve, item } = open();
    await queue('one');
    await serve('one', async (call) => {
      await call.meter?.admit({ chat });
      await metering.queued.release('k', 'one');
      expect(item()).toMatchObject({ inFlight: 1, '2026-11-22/requests': 1 });
      return jsonResponse({});
    });
    expect(item()).toMatchObject({ inFlight: 0, '2026-11-22/requests': 1, '2026-11-22/tokens': 0 });
  });

  it('is reserved for anew on another day, and for pictures that nobody has reserved', async () => {
    const { time, queue, serve, item, rows } = open();
    time.now = Date.UTC(2026, 10, 22, 23, 59, 59);
    await queue('one');
    time.now += 2000;
    await serve('one', async ({ meter }) => {
      await meter?.admit({ images: 1 });
      meter?.madeImages(1);
      return jsonResponse({});
    });
    expect(item()).toMatchObject({
      inFlight: 0,
      '2026-11-22/requests': 0,
      '2026-11-23/requests': 1,
      '2026-11-23/images': 1,
    });
    expect(await rows('2026-11-23')).toEqual([expect.objectContaining({ id: 'one', images: 1 })]);
    const other = open();
    await other.queue('two');
    await other.serve('two', async ({ meter }) => {
      await meter?.admit({ images: 2 });
      expect(other.item()).toMatchObject({ '2026-11-22/images': 2 });
      meter?.madeImages(2);
      return jsonResponse({});
    });
    expect(other.item()).toMatchObject({ '2026-11-22/images': 2, '2026-11-22/requests': 1 });
  });
});
