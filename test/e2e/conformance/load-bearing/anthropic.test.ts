import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../../support/gateway.ts';
import { openConformanceGateway } from '../bench.ts';
import { askForRecords, callWeather } from '../wire/ask.ts';
import { at } from '../wire/at.ts';
import { wire } from '../wire/dialects.ts';
import { joinedAt, type StreamRecord } from '../wire/read-stream.ts';

/** The parts of Anthropic's messages without which some client fails (clients §6). */
let gateway: TestGateway;
let thoughtful: readonly StreamRecord[];
let calls: readonly StreamRecord[];

beforeAll(async () => {
  gateway = await openConformanceGateway('start');
  thoughtful = await askForRecords(gateway, wire.anthropic, 'count to 20', {
    thinking: { type: 'enabled', budget_tokens: 2000 },
  });
  calls = await askForRecords(
    gateway,
    wire.anthropic,
    callWeather('Paris', 'Rome'),
    wire.anthropic.tools('get_weather'),
  );
});
afterAll(() => gateway.close());

const named = (records: readonly StreamRecord[], name: string) => records.filter(({ event }) => event === name);
const startsOf = (records: readonly StreamRecord[]) =>
  named(records, 'content_block_start').map(({ json }) => at(json, 'content_block'));

describe('every event', () => {
  it('has its name in a line of its own, the same as its type', () => {
    for (const { event, json } of [...thoughtful, ...calls]) {
      expect(event).toMatch(/^[a-z_]+$/);
      expect(at(json, 'type')).toBe(event);
    }
  });
});

describe('usage', () => {
  it('is in message_start and in message_delta', () => {
    for (const records of [thoughtful, calls]) {
      expect(at(records[0]?.json, 'message', 'usage', 'input_tokens')).toBeGreaterThan(0);
      const [last, ...others] = named(records, 'message_delta');
      expect(others).toEqual([]);
      expect(at(last?.json, 'usage', 'output_tokens')).toBeGreaterThan(0);
    }
  });
});

describe('the end', () => {
  it('is message_stop, once', () => {
    for (const records of [thoughtful, calls]) {
      expect(named(records, 'message_start')).toHaveLength(1);
      expect(named(records, 'message_stop')).toEqual([records.at(-1)]);
    }
  });

  it('has the stop reason tool_use behind calls', () => {
    expect(at(named(calls, 'message_delta')[0]?.json, 'delta', 'stop_reason')).toBe('tool_use');
    expect(at(named(thoughtful, 'message_delta')[0]?.json, 'delta', 'stop_reason')).toBe('end_turn');
  });
});

describe('a block', () => {
  it('is closed before the next one opens, and counted from 0', () => {
    for (const records of [thoughtful, calls]) {
      const frame = records.filter(({ event }) => /^content_block_(?:start|stop)$/.test(event ?? ''));
      expect(frame.map(({ event, json }) => `${event} ${at(json, 'index')}`)).toEqual(
        startsOf(records).flatMap((_, index) => [`content_block_start ${index}`, `content_block_stop ${index}`]),
      );
    }
    expect(startsOf(thoughtful).map((block) => at(block, 'type'))).toEqual(['thinking', 'text']);
    expect(startsOf(calls).map((block) => at(block, 'type'))).toEqual(['tool_use', 'tool_use']);
  });

  it('of a call opens with an empty input, which comes in deltas', () => {
    expect(startsOf(calls).map((block) => at(block, 'input'))).toEqual([{}, {}]);
    expect(new Set(startsOf(calls).map((block) => at(block, 'id'))).size).toBe(2);
    const inputs = [0, 1].map((index) => {
      const deltas = named(calls, 'content_block_delta').filter(({ json }) => at(json, 'index') === index);
      expect(deltas.every(({ json }) => at(json, 'delta', 'type') === 'input_json_delta')).toBe(true);
      return JSON.parse(joinedAt(deltas, 'delta', 'partial_json'));
    });
    expect(inputs).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
  });

  it('of thinking is signed', () => {
    const signatures = named(thoughtful, 'content_block_delta').filter(
      ({ json }) => at(json, 'delta', 'type') === 'signature_delta',
    );
    expect(signatures).toHaveLength(1);
    expect(at(signatures[0]?.json, 'delta', 'signature')).toMatch(/./);
  });
});
