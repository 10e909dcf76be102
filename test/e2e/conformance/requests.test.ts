import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { completionsOf, messageOf, model, openConformanceGateway } from './bench.ts';
import { ask, askForRecords } from './wire/ask.ts';
import { at } from './wire/at.ts';
import { type WireDialect, wireDialects } from './wire/dialects.ts';
import { oddConversations } from './wire/odd-conversations.ts';
import type { StreamRecord } from './wire/read-stream.ts';

/** What real clients send, by hand and in every dialect (clients §1). */
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openConformanceGateway('start');
});
beforeEach(() => gateway.simulator.control.heal());
afterAll(() => gateway.close());

const wordsOf = (dialect: WireDialect, records: readonly StreamRecord[]) => records.map(dialect.textOf).join('');

describe.each(wireDialects)('$name', (dialect) => {
  const post = (headers: Record<string, string>, query = '') => {
    const path = dialect.path('whole', model) + query;
    return gateway.request('POST', path, dialect.body('whole', model, 'repeat: fine'), headers);
  };

  it.each([
    ['authorization', (key: string) => post({ authorization: `Bearer ${key}` })],
    ['x-api-key', (key: string) => post({ 'x-api-key': key })],
    ['x-goog-api-key', (key: string) => post({ 'x-goog-api-key': key })],
    ['?key=', (key: string) => post({}, `?key=${key}`)],
  ])('takes the key from %s, and no wrong one', async (_place, send) => {
    expect((await send(gateway.adminKey)).status).toBe(200);
    expect((await send('sk-wrong-key')).status).toBe(401);
  });

  it('ignores fields, betas, versions and headers that it does not know', async () => {
    const unknown = { frobnicate: { deep: [1, { null: null }] }, safeguards: 'on', context_management: { edits: [] } };
    const response = await gateway.request(
      'POST',
      dialect.path('whole', model),
      dialect.body('whole', model, 'repeat: fine', unknown),
      {
        authorization: `Bearer ${gateway.adminKey}`,
        'anthropic-version': '1999-12-31',
        'anthropic-beta': 'no-such-beta-2031-01-01,another',
        'x-stainless-arch': 'other:strange',
        'x-openai-internal-something': 'true',
      },
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('fine');
  });

  it('breaks a broken stream visibly: an error of its own, no good end, and nothing behind it', async () => {
    gateway.simulator.control.fault({ fault: 'cut-after', after: 40, times: 20 });
    const records = await askForRecords(gateway, dialect, 'count to 60');
    expect(wordsOf(dialect, records)).toContain('39');
    expect(records.filter(dialect.isGoodEnd)).toEqual([]);
    expect(records.findIndex(dialect.isError)).toBeGreaterThanOrEqual(records.length - 2);
  });

  it('keeps a call that was demanded of it, by asking once more', async () => {
    gateway.simulator.control.script('I would rather talk.');
    gateway.simulator.control.script('[tool_call]{"name":"get_weather","arguments":{"city":"Paris"}}[/tool_call]');
    const completions = await completionsOf(gateway, async () => {
      const response = await ask(gateway, dialect, 'whole', 'Hello.', dialect.tools('get_weather', true));
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toMatch(/get_weather.*Paris|Paris.*get_weather/s);
      expect(text).not.toContain('rather talk');
    });
    expect(completions).toHaveLength(2);
  });

  it('gives up a demanded call in words of its own, not with a text in its place', async () => {
    gateway.simulator.control.script({ text: 'I would rather talk.', times: 3 });
    const completions = await completionsOf(gateway, async () => {
      const response = await ask(gateway, dialect, 'streamed', 'Hello.', dialect.tools('get_weather', true));
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(dialect.isError({ event: 'error', data: '', json: JSON.parse(await response.text()) })).toBe(true);
    });
    expect(completions).toHaveLength(3);
  });
});

describe.each(oddConversations)('$dialect.name: $what', ({ dialect, conversation }) => {
  it('is understood in its order', async () => {
    const [asked] = await completionsOf(gateway, async () => {
      const records = await askForRecords(gateway, dialect, '', conversation);
      expect(wordsOf(dialect, records)).toBe('fine');
    });
    const parts = String(at(messageOf(asked), 'content')).match(/(?:FIRST|SECOND|THIRD)-PART/g);
    expect(parts).toEqual(['FIRST-PART', 'SECOND-PART', 'THIRD-PART']);
  });
});
