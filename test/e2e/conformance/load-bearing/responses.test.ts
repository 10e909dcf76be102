import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../../support/gateway.ts';
import { openConformanceGateway } from '../bench.ts';
import { askForRecords, callWeather } from '../wire/ask.ts';
import { at } from '../wire/at.ts';
import { wire } from '../wire/dialects.ts';
import { joinedAt, type StreamRecord } from '../wire/read-stream.ts';

/** The parts of OpenAI's responses without which some client fails (clients §6). */
let gateway: TestGateway;
let thoughtful: readonly StreamRecord[];
let calls: readonly StreamRecord[];

beforeAll(async () => {
  gateway = await openConformanceGateway('start');
  thoughtful = await askForRecords(gateway, wire.responses, 'count to 20', {
    reasoning: { effort: 'high', summary: 'auto' },
  });
  calls = await askForRecords(
    gateway,
    wire.responses,
    callWeather('Paris', 'Rome'),
    wire.responses.tools('get_weather'),
  );
});
afterAll(() => gateway.close());

const named = (records: readonly StreamRecord[], name: string) =>
  records.filter(({ event }) => event === `response.${name}`);
const outputOf = (records: readonly StreamRecord[]) => {
  const output = at(named(records, 'completed')[0]?.json, 'response', 'output');
  return Array.isArray(output) ? output : [];
};

describe('the end', () => {
  it('is response.completed, once and last', () => {
    for (const records of [thoughtful, calls]) expect(named(records, 'completed')).toEqual([records.at(-1)]);
  });

  it('holds the whole output, and the usage of this request', () => {
    expect(outputOf(thoughtful).map((item) => at(item, 'type'))).toEqual(['reasoning', 'message']);
    expect(outputOf(calls).map((item) => [at(item, 'name'), JSON.parse(String(at(item, 'arguments')))])).toEqual([
      ['get_weather', { city: 'Paris' }],
      ['get_weather', { city: 'Rome' }],
    ]);
    for (const records of [thoughtful, calls]) {
      const usage = at(records.at(-1)?.json, 'response', 'usage');
      expect(at(usage, 'input_tokens')).toBeGreaterThan(0);
      expect(at(usage, 'total_tokens')).toBe(Number(at(usage, 'input_tokens')) + Number(at(usage, 'output_tokens')));
    }
  });
});

describe('every item', () => {
  it('is added, and done as it stands in the output', () => {
    for (const records of [thoughtful, calls]) {
      const done = named(records, 'output_item.done').map(({ json }) => at(json, 'item'));
      expect(done).toEqual(outputOf(records));
      const added = named(records, 'output_item.added').map(({ json }) => at(json, 'item'));
      expect(added.map((item) => [at(item, 'id'), at(item, 'type')])).toEqual(
        done.map((item) => [at(item, 'id'), at(item, 'type')]),
      );
    }
  });

  it('has an id of its own, the same in its deltas', () => {
    for (const records of [thoughtful, calls]) {
      const ids = outputOf(records).map((item) => at(item, 'id'));
      expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
      const mentioned = records.map(({ json }) => at(json, 'item_id')).filter((id) => id !== undefined);
      expect([...new Set(mentioned)]).toEqual(ids);
    }
  });

  it('of a call has a call_id', () => {
    const ids = outputOf(calls).map((item) => at(item, 'call_id'));
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
  });
});

describe('deltas', () => {
  it('bring all of the text and of the arguments', () => {
    const message = outputOf(thoughtful).find((item) => at(item, 'type') === 'message');
    const text = joinedAt(named(thoughtful, 'output_text.delta'), 'delta');
    expect(text).toMatch(/^1 .* 20$/);
    expect(text).toBe(at(message, 'content', 0, 'text'));
    for (const item of outputOf(calls)) {
      const deltas = named(calls, 'function_call_arguments.delta').filter(
        ({ json }) => at(json, 'item_id') === at(item, 'id'),
      );
      expect(joinedAt(deltas, 'delta')).toBe(at(item, 'arguments'));
    }
  });
});

describe('what nobody has been seen to need, and some SDK may', () => {
  it('is there: sequence numbers, parts, and names of events', () => {
    for (const records of [thoughtful, calls]) {
      expect(records.map(({ json }) => at(json, 'sequence_number'))).toEqual(records.map((_, index) => index));
      expect(records.map(({ json }) => at(json, 'type'))).toEqual(records.map(({ event }) => event));
    }
    expect(named(thoughtful, 'content_part.added')).toHaveLength(1);
    expect(named(thoughtful, 'content_part.done')).toHaveLength(1);
  });
});
