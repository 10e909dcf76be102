import { describe, expect, it, vi } from 'vitest';
import type { CallerLimits } from '../../../shared/chat/caller-limits.ts';
import { TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { meterRoute } from '../../../shared/metering/meter-route.ts';
import { Metering } from '../../../shared/metering/metering.ts';
import { readUsageRow, usageShards } from '../../../shared/metering/usage-row.ts';
import { usagePartition } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { openCall, readAnswer } from '../../support/metered/metered-call.ts';
import { type Script, serveChat } from '../../support/metered/metered-chat.ts';

const route = { path: '/v1/chat/completions', dialect: 'openai-chat', kind: 'chat' } as const;
const body = (more: object = {}) => ({
  model: 'qwen',
  messages: [{ role: 'user', content: 'word'.repeat(40) }],
  ...more,
});
const good: Script = { promptTokens: 50, tokens: 3000, counts: true };

function open(table = new MemoryTable()) {
  const logger = createLogger('error');
  const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
  const metering = new Metering({ table, calendar: new Calendar('UTC'), logger, longestJob: 1 });
  const rows = async () => {
    const { name } = metering.calendar.day(Date.now());
    const shards = Array.from({ length: usageShards }, (_, shard) => table.query(usagePartition(name, shard)));
    return (await Promise.all(shards)).flat().flatMap((item) => readUsageRow(item) ?? []);
  };
  const ask = async (script: Script, asked: object = {}, limits?: CallerLimits, leaveAfter?: number) => {
    const { call, told } = openCall('k', 'r', body(asked), limits);
    const serve = meterRoute(metering, route, (metered) => serveChat(metered, script));
    const text = await serve(call).then((response) => readAnswer(response, leaveAfter));
    await call.background.settled();
    return { text, told };
  };
  return { table, warn, rows, ask };
}

describe('the row of a request', () => {
  it.each([true, false])('tells what was used, stream %s', async (stream) => {
    const { rows, ask } = open();
    await ask(good, { stream });
    expect(await rows()).toEqual([
      expect.objectContaining({
        id: 'r',
        keyId: 'k',
        kind: 'chat',
        path: '/v1/chat/completions',
        dialect: 'openai-chat',
        model: 'qwen',
        target: 'qwen3.7-plus',
        account: 'one',
        status: 200,
        stream,
        finishReason: 'stop',
        promptTokens: 50,
        completionTokens: 3000,
        tokenSource: 'upstream',
        chargedTokens: 3050,
        firstTokenMilliseconds: expect.any(Number),
      }),
    ]);
  });

  it('is there before the caller hears the end', async () => {
    const { table, ask } = open();
    const { text } = await ask(good, { stream: true });
    expect(text).toContain('[DONE]');
    const { call } = openCall('k', 'r2', body({ stream: true }));
    const metering = new Metering({
      table,
      calendar: new Calendar('UTC'),
      logger: createLogger('error'),
      longestJob: 1,
    });
    const { body: streamed } = await meterRoute(metering, route, (metered) => serveChat(metered, good))(call);
    const before = table.operations.put;
    if (typeof streamed === 'string') throw new Error('no stream');
    for await (const piece of streamed.pieces) {
      expect(table.operations.put - before).toBe(piece.includes('[DONE]') ? 1 : 0);
    }
    expect(table.operations.put - before).toBe(1);
  });

  it('is by estimate where the upstream does not count', async () => {
    const { rows, ask } = open();
    await ask({ ...good, counts: false });
    expect(await rows()).toMatchObject([{ promptTokens: 40, completionTokens: 3000, tokenSource: 'estimate' }]);
  });

  it('of an answer that was left charges what was delivered', async () => {
    const { rows, ask } = open();
    await ask({ ...good, tokens: 100_000 }, { stream: true }, undefined, 3);
    const [row] = await rows();
    expect(row).toMatchObject({ aborted: true, status: 200, promptTokens: 50 });
    expect(row).not.toHaveProperty('errorCode');
    expect(row?.completionTokens).toBeGreaterThanOrEqual(200);
    expect(row?.completionTokens).toBeLessThanOrEqual(1000);
  });

  it('of an answer that broke tells why, and of one that nobody got charges nothing', async () => {
    const error = new TruncatedAnswerError('broken');
    const { rows, ask } = open();
    await ask({ ...good, failure: { after: 600, error } }, { stream: true });
    expect(await rows()).toMatchObject([{ status: 200, errorCode: error.code, completionTokens: 600 }]);
    const whole = open();
    await expect(whole.ask({ ...good, failure: { after: 600, error } })).rejects.toBe(error);
    expect(await whole.rows()).toMatchObject([
      {
        status: error.status,
        errorCode: error.code,
        promptTokens: 0,
        completionTokens: 0,
        chargedTokens: 0,
        tokenSource: 'none',
      },
    ]);
  });

  it('goes to the log with its numbers when it can’t be written', async () => {
    class Broken extends MemoryTable {
      override put(): Promise<boolean> {
        return Promise.reject(new StoreUnavailableError('away'));
      }
    }
    const { ask, warn } = open(new Broken());
    const { text } = await ask(good, { stream: true });
    expect(text).toContain('[DONE]');
    const usage = expect.objectContaining({ id: 'r', keyId: 'k', promptTokens: 50, completionTokens: 3000 });
    expect(warn).toHaveBeenCalledWith('usage not stored', expect.objectContaining({ usage }));
  });
});

describe('calls to the store', () => {
  it('of a key without limits are one, behind the answer', async () => {
    const { table, ask } = open();
    await ask(good, { stream: true });
    expect(table.operations).toMatchObject({ get: 0, query: 0, put: 1, update: 0 });
  });

  it('of a key with limits are one before and two behind; more with long answers', async () => {
    const limited = open();
    await limited.ask({ ...good, tokens: 800 }, { stream: true }, { day: { requests: 5 } });
    expect(limited.table.operations).toMatchObject({ get: 0, put: 1, update: 2 });
    const tokens = open();
    await tokens.ask({ ...good, tokens: 800 }, { stream: true }, { day: { tokens: 100_000 } });
    expect(tokens.table.operations).toMatchObject({ get: 0, put: 1, update: 2 });
    const long = open();
    await long.ask({ ...good, tokens: 10_000 }, { stream: true }, { day: { tokens: 100_000 } });
    expect(long.table.operations).toMatchObject({ get: 0, put: 1 });
    expect(long.table.operations.update).toBeLessThanOrEqual(5);
  });
});

describe('limits of tokens', () => {
  it.each([true, false])('cut the answer where there are no more, counts %s', async (counts) => {
    const { rows, ask } = open();
    const { text, told } = await ask({ ...good, counts, tokens: 9000 }, { stream: true }, { day: { tokens: 5000 } });
    expect(text).toContain('"finish_reason":"length"');
    expect(told['x-ratelimit-limit-tokens']).toBe('5000');
    const [row] = await rows();
    expect(row?.chargedTokens).toBeLessThanOrEqual(5000);
    expect(row?.chargedTokens).toBeGreaterThan(4900);
    await expect(ask(good, {}, { day: { tokens: 5000 } })).rejects.toMatchObject({ code: 'budget_exhausted' });
  });

  it('let through what fits exactly, and what its caller limits itself', async () => {
    const { ask } = open();
    const { text } = await ask({ ...good, tokens: 950 }, { stream: true }, { day: { tokens: 1000 } });
    expect(text).toContain('"finish_reason":"stop"');
    const other = open();
    const cut = await other.ask(good, { stream: true, max_tokens: 100 }, { day: { tokens: 200 } });
    expect(cut.text).toContain('"finish_reason":"length"');
    expect((await other.rows())[0]?.chargedTokens).toBeLessThanOrEqual(200);
  });
});
