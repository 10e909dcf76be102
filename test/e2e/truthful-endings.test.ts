import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { type Outcome, readOutcome } from '../support/read-outcome.ts';

/** What callers see when the upstream breaks after it has begun to answer, or begins late. */
describe.each(['start', 'dev'] as const)('a broken answer, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      mode,
      accounts: ['one@example.com', 'two@example.com', 'three@example.com'],
      env: { UPSTREAM_IDLE_SECONDS: '1', FIRST_EVENT_SECONDS: '1', IDLE_EVENT_SECONDS: '1' },
    });
  });
  beforeEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  const count = async (stream: boolean): Promise<Outcome> =>
    readOutcome(await gateway.request('POST', '/v1/chat/completions', ask('count to 60', { stream })));

  it.each([
    ['cut-after', 'upstream_truncated'],
    ['end-without-finish', 'upstream_truncated'],
    ['error-frame', 'upstream_unavailable'],
    ['stall-after', 'upstream_stalled'],
  ] as const)('%s, streamed, is an in-band %s without [DONE]', async (fault, code) => {
    gateway.simulator.control.fault({ fault, after: 40, times: 10 });
    const outcome = await count(true);
    expect(outcome).toMatchObject({ status: 200, code, done: false });
    expect(outcome.text).toContain('39');
    expect(outcome.text).not.toContain('60');
  });

  it.each(['cut-after', 'end-without-finish', 'error-frame', 'stall-after'] as const)(
    '%s, whole, is tried again behind the caller’s back',
    async (fault) => {
      gateway.simulator.control.fault({ fault, after: 40 });
      const outcome = await count(false);
      expect(outcome).toMatchObject({ status: 200, code: '–', done: true });
      expect(outcome.text).toContain('60');
    },
  );

  it.each([
    ['cut-after', 502, 'upstream_truncated'],
    ['stall-after', 504, 'upstream_stalled'],
  ] as const)('%s, whole and lasting, is a status', async (fault, status, code) => {
    gateway.simulator.control.fault({ fault, after: 40, times: 10 });
    expect(await count(false)).toMatchObject({ status, code, text: '', done: false });
  });

  it('a malformed event costs nothing of the answer', async () => {
    gateway.simulator.control.fault({ fault: 'malformed-event', after: 10 });
    const outcome = await count(true);
    expect(outcome).toMatchObject({ status: 200, code: '–', done: true });
    expect(outcome.text.match(/\d+/g)).toHaveLength(60);
  });

  it('a rest withheld by the filter ends the stream with its own finish reason', async () => {
    gateway.simulator.control.fault({ fault: 'content-filter-after', after: 5 });
    const response = await gateway.request('POST', '/v1/chat/completions', ask('count to 60', { stream: true }));
    const text = await response.text();
    expect(text).toContain('"finish_reason":"content_filter"');
  });

  it.each([
    ['second-response', 'NOT THIS ONE'],
    ['snapshots', '1 1 2'],
  ] as const)('%s does not double the text', async (fault, doubled) => {
    gateway.simulator.control.fault({ fault });
    const outcome = await count(true);
    expect(outcome.text.match(/\d+/g)).toHaveLength(60);
    expect(outcome.text).not.toContain(doubled);
  });

  it('a late first event: the stream opens, stays alive by empty events, and another account serves it', async () => {
    gateway.simulator.control.fault({ fault: 'stall-before-head', ms: 60_000 });
    const response = await gateway.request('POST', '/v1/chat/completions', ask('repeat: late', { stream: true }));
    const text = await response.text();
    expect(text).toContain('"delta":{}');
    expect(text).not.toMatch(/^:/m);
    expect(text).toContain('"late"');
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });

  it('a first event that never comes: an in-band error without [DONE]', async () => {
    gateway.simulator.control.fault({ fault: 'stall-before-head', ms: 60_000, times: 10 });
    expect(await count(true)).toMatchObject({ status: 200, code: 'upstream_stalled', done: false });
  });

  it('a quick refusal behind an open stream is told in-band', async () => {
    gateway.simulator.control.fault({ fault: 'slow-head', ms: 1500 });
    gateway.simulator.control.fault({ fault: 'data-inspection-input', times: 10 });
    const outcome = await count(true);
    expect(outcome.code === 'content_filter' || outcome.done).toBe(true);
  });
});
