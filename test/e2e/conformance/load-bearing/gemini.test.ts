import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../../support/gateway.ts';
import { openConformanceGateway } from '../bench.ts';
import { ask, askForRecords, callWeather } from '../wire/ask.ts';
import { at } from '../wire/at.ts';
import { wire } from '../wire/dialects.ts';
import type { StreamRecord } from '../wire/read-stream.ts';

/** The parts of Gemini's answers without which some client fails (clients §6). */
let gateway: TestGateway;
let text: readonly StreamRecord[];
let calls: readonly StreamRecord[];

beforeAll(async () => {
  gateway = await openConformanceGateway('start');
  text = await askForRecords(gateway, wire.gemini, 'count to 20');
  calls = await askForRecords(gateway, wire.gemini, callWeather('Paris', 'Rome'), wire.gemini.tools('get_weather'));
});
afterAll(() => gateway.close());

describe('a stream', () => {
  it('has nothing but lines of data with a space, no comments and no names', async () => {
    const response = await ask(gateway, wire.gemini, 'streamed', 'count to 20');
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => !line.startsWith('data: {'))).toEqual([]);
  });

  it('has no [DONE]', () => {
    expect([...text, ...calls].filter(({ data }) => data.includes('[DONE]'))).toEqual([]);
  });

  it('has one finish reason, in its last record, behind calls too', () => {
    for (const records of [text, calls]) {
      const reasons = records.map(({ json }) => at(json, 'candidates', 0, 'finishReason'));
      expect(reasons.filter((reason) => reason !== undefined)).toEqual(['STOP']);
      expect(reasons.at(-1)).toBe('STOP');
    }
  });

  it('has a part in every record, or the chat helper forgets the turn', () => {
    for (const { json } of [...text, ...calls]) expect(at(json, 'candidates', 0, 'content', 'parts', 0)).toBeDefined();
  });

  it('has what nobody has been seen to need: usage, role, ids', () => {
    for (const records of [text, calls]) {
      expect(at(records.at(-1)?.json, 'usageMetadata', 'totalTokenCount')).toBeGreaterThan(0);
      expect(records.every(({ json }) => at(json, 'candidates', 0, 'content', 'role') === 'model')).toBe(true);
      expect(new Set(records.map(({ json }) => at(json, 'responseId'))).size).toBe(1);
    }
    const parts = calls.map(({ json }) => at(json, 'candidates', 0, 'content', 'parts', 0, 'functionCall'));
    const made = parts.filter((call) => call !== undefined);
    expect(made.map((call) => at(call, 'args'))).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
    expect(new Set(made.map((call) => at(call, 'id'))).size).toBe(2);
  });
});
