import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../../support/gateway.ts';
import { openConformanceGateway } from '../bench.ts';
import { askForRecords, callWeather } from '../wire/ask.ts';
import { at } from '../wire/at.ts';
import { wire } from '../wire/dialects.ts';
import { joinedAt, type StreamRecord } from '../wire/read-stream.ts';

/** The parts of chat completions without which some client fails (clients §6). */
let gateway: TestGateway;
let text: readonly StreamRecord[];
let calls: readonly StreamRecord[];

beforeAll(async () => {
  gateway = await openConformanceGateway('start');
  text = await askForRecords(gateway, wire.chatCompletions, 'count to 20');
  calls = await askForRecords(gateway, wire.chatCompletions, callWeather('Paris', 'Rome'), {
    ...wire.chatCompletions.tools('get_weather'),
    stream_options: { include_usage: true },
  });
});
afterAll(() => gateway.close());

const chunksOf = (records: readonly StreamRecord[]) => records.filter(({ data }) => data !== '[DONE]');
const toolDeltas = () =>
  chunksOf(calls).flatMap(({ json }) => {
    const deltas = at(json, 'choices', 0, 'delta', 'tool_calls');
    return Array.isArray(deltas) ? deltas : [];
  });

describe('every chunk', () => {
  it('has one id, and the terminator ends the stream', () => {
    for (const records of [text, calls]) {
      expect(new Set(chunksOf(records).map(({ json }) => at(json, 'id'))).size).toBe(1);
      expect(records.at(-1)?.data).toBe('[DONE]');
    }
  });

  it('is unnamed', () => {
    expect([...text, ...calls].filter(({ event }) => event !== undefined)).toEqual([]);
  });
});

describe('the first delta', () => {
  it('has the role, and no other has', () => {
    for (const records of [text, calls]) {
      const roles = chunksOf(records).map(({ json }) => at(json, 'choices', 0, 'delta', 'role'));
      expect(roles[0]).toBe('assistant');
      expect(roles.slice(1).filter((role) => role !== undefined)).toEqual([]);
    }
  });
});

describe('a tool call', () => {
  it('has an index in every delta, counted from 0 without gaps', () => {
    const indices = toolDeltas().map((delta) => at(delta, 'index'));
    expect(indices.every((index) => Number.isInteger(index))).toBe(true);
    expect([...new Set(indices)]).toEqual([0, 1]);
  });

  it('has id, type and name in its first delta only', () => {
    const heads = toolDeltas().filter((delta) => at(delta, 'id') !== undefined);
    expect(heads.map((head) => [at(head, 'index'), at(head, 'type'), at(head, 'function', 'name')])).toEqual([
      [0, 'function', 'get_weather'],
      [1, 'function', 'get_weather'],
    ]);
    expect(new Set(heads.map((head) => at(head, 'id'))).size).toBe(2);
    const others = toolDeltas().filter((delta) => at(delta, 'id') === undefined);
    for (const delta of others) {
      expect(Object.keys(Object(delta)).sort()).toEqual(['function', 'index']);
      expect(Object.keys(Object(at(delta, 'function')))).toEqual(['arguments']);
    }
  });

  it('has its arguments as a text', () => {
    const pieces = toolDeltas().map((delta) => ({
      index: at(delta, 'index'),
      text: at(delta, 'function', 'arguments'),
    }));
    expect(pieces.every(({ text: piece }) => typeof piece === 'string')).toBe(true);
    const joined = [0, 1].map((wanted) =>
      pieces.map(({ index, text: piece }) => (index === wanted ? piece : '')).join(''),
    );
    expect(joined.map((json) => JSON.parse(json))).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
  });

  it('leaves content null or a text', () => {
    const contents = chunksOf(calls).map(({ json }) => at(json, 'choices', 0, 'delta', 'content') ?? '');
    expect(contents.every((content) => typeof content === 'string')).toBe(true);
  });
});

describe('the end', () => {
  const reasonsOf = (records: readonly StreamRecord[]) =>
    chunksOf(records)
      .map(({ json }) => at(json, 'choices', 0, 'finish_reason'))
      .filter((reason) => reason !== null && reason !== undefined);

  it('has one finish reason: stop, or tool_calls behind calls', () => {
    expect(reasonsOf(text)).toEqual(['stop']);
    expect(reasonsOf(calls)).toEqual(['tool_calls']);
  });

  it('has usage in the last chunk alone, when it was asked for', () => {
    const withUsage = chunksOf(calls).filter(
      ({ json }) => at(json, 'usage') !== undefined && at(json, 'usage') !== null,
    );
    expect(withUsage).toEqual([chunksOf(calls).at(-1)]);
    expect(at(withUsage[0]?.json, 'choices')).toEqual([]);
    expect(at(withUsage[0]?.json, 'usage', 'total_tokens')).toBeGreaterThan(0);
  });

  it('has no chunk without choices when usage was not asked for', () => {
    expect(chunksOf(text).filter(({ json }) => at(json, 'choices', 0) === undefined)).toEqual([]);
    expect(chunksOf(text).filter(({ json }) => at(json, 'usage') !== undefined)).toEqual([]);
    expect(joinedAt(text, 'choices', 0, 'delta', 'content')).toMatch(/^1 .* 20$/);
  });
});
