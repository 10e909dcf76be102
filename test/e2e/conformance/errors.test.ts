import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { model } from './bench.ts';
import { ask } from './wire/ask.ts';
import { at } from './wire/at.ts';
import { type Form, type WireDialect, wireDialects } from './wire/dialects.ts';

const forms = ['whole', 'streamed'] as const;
const asked = wireDialects.flatMap((dialect) => forms.map((form) => ({ name: dialect.name, dialect, form })));

/** One for each function, since one that a function keeps for itself is waited for. */
const accounts = ['one', 'two', 'three', 'four'].map((name) => `${name}@example.com`);

let gateway: TestGateway;
const open = async () => {
  gateway = await openGateway({ accounts });
};

/** The names of a status in the envelopes (client-apis C.1, C.2, C.3). */
const kinds: Readonly<Record<number, readonly [openAi: string, anthropic: string, google: string]>> = {
  400: ['invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'],
  401: ['authentication_error', 'authentication_error', 'UNAUTHENTICATED'],
  403: ['permission_error', 'permission_error', 'PERMISSION_DENIED'],
  404: ['not_found_error', 'not_found_error', 'NOT_FOUND'],
  429: ['rate_limit_error', 'rate_limit_error', 'RESOURCE_EXHAUSTED'],
  502: ['server_error', 'api_error', 'UNAVAILABLE'],
};

/** Checks an envelope to the last field. @returns its message. */
function messageOf(dialect: WireDialect, status: number, body: unknown): string {
  const [openAi, anthropic, google] = kinds[status] ?? [];
  const message = expect.stringMatching(/\w{3}/);
  if (dialect.name === 'anthropic') {
    expect(body).toEqual({
      type: 'error',
      error: { type: anthropic, message },
      request_id: expect.stringMatching(/./),
    });
  } else if (dialect.name === 'gemini') {
    expect(body).toEqual({ error: { code: status, message, status: google, details: expect.any(Array) } });
  } else {
    expect(Object.keys(Object(at(body, 'error'))).sort()).toEqual(['code', 'message', 'param', 'type']);
    const type = at(body, 'error', 'code') === 'insufficient_quota' ? 'insufficient_quota' : openAi;
    expect(body).toMatchObject({ error: { message, type, code: expect.stringMatching(/./) } });
  }
  return String(at(body, 'error', 'message'));
}

interface UpstreamFault {
  readonly what: string;
  readonly rule: FaultRule;
  readonly status: number;
  readonly retryAfter: RegExp;
  readonly shouldRetry: 'false' | null;
  readonly isQuota?: true;
}

/** A ban, a captcha or an expired login is no 5xx, which agents would repeat up to thirty times. */
const upstreamFaults: readonly UpstreamFault[] = [
  { what: 'a short limit', rule: { fault: 'http-429' }, status: 429, retryAfter: /^\d{1,2}$/, shouldRetry: null },
  {
    what: 'a used-up quota',
    rule: { fault: 'rate-limited', num: 5 },
    status: 429,
    retryAfter: /^1[78]\d{3}$/,
    shouldRetry: 'false',
    isQuota: true,
  },
  { what: 'a captcha', rule: { fault: 'rgv587' }, status: 403, retryAfter: /^$/, shouldRetry: 'false' },
  { what: 'an expired login', rule: { fault: 'forbidden-403' }, status: 403, retryAfter: /^$/, shouldRetry: 'false' },
  { what: 'a ban', rule: { fault: 'account-pending' }, status: 403, retryAfter: /^$/, shouldRetry: 'false' },
  { what: 'a fault that passes', rule: { fault: 'internal-500' }, status: 502, retryAfter: /^$/, shouldRetry: null },
];

describe.each(upstreamFaults)('$what of the upstream', ({ rule, status, retryAfter, shouldRetry, isQuota = false }) => {
  // The faults of one case rest its accounts, so each has a gateway of its own.
  beforeAll(open);
  beforeEach(() => {
    gateway.simulator.control.heal();
    gateway.simulator.control.fault({ ...rule, times: 100 });
  });
  afterAll(() => gateway.close());

  it.each(asked)('is told by status, headers and words: $name, $form', async ({ dialect, form }) => {
    const response = await ask(gateway, dialect, form, 'hi');
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after') ?? '').toMatch(retryAfter);
    expect(response.headers.get('x-should-retry')).toBe(shouldRetry);
    const body: unknown = JSON.parse(await response.text());
    // Agents take these words for a conversation that is too long, at any status.
    expect(messageOf(dialect, status, body)).not.toMatch(/too many tokens|context length|prompt is too long/i);
    if (dialect.name !== 'anthropic') expect(isUsedUpQuota(dialect, body)).toBe(isQuota);
  });
});

/** Whether an agent that knows used-up quotas takes this for one. Anthropic's go by the headers alone. */
function isUsedUpQuota(dialect: WireDialect, body: unknown): boolean {
  const text = JSON.stringify(body);
  if (dialect.name === 'gemini') return /"quotaId":"\w*PerDay/.test(text) && /"retryDelay":"\d{4,}s"/.test(text);
  return at(body, 'error', 'code') === 'insufficient_quota';
}

describe('what a caller can mend', () => {
  beforeAll(open);
  afterAll(() => gateway.close());

  describe.each(asked)('an error before the first word, $name, $form', ({ dialect, form }) => {
    const send = (name: string, more?: object, headers?: Record<string, string>) =>
      gateway.request('POST', dialect.path(form, name), dialect.body(form, name, 'hi', more), headers);

    it.each([
      [401, 'a wrong key', () => send(model, {}, { authorization: 'Bearer sk-wrong-key' })],
      [404, 'an unknown model', () => send('qwen-nope')],
      [400, 'a field of a wrong type', () => send(model, { tools: 'none', messages: 7, input: 7, contents: 7 })],
    ] as const)('%i for %s, in its own envelope and not to be repeated', async (status, _what, act) => {
      const response = await act();
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(response.headers.get('x-should-retry')).toBe('false');
      messageOf(dialect, status, JSON.parse(await response.text()));
    });
  });

  describe.each(asked)(
    'a conversation that is too long, $name, $form',
    ({ dialect, form }: { dialect: WireDialect; form: Form }) => {
      const words: Readonly<Record<WireDialect['name'], RegExp>> = {
        'chat completions': /^This model's maximum context length is \d+ tokens\. However, /,
        responses: /^This model's maximum context length is \d+ tokens\. However, /,
        anthropic: /^prompt is too long: \d+ tokens > \d+ maximum$/,
        gemini: /^The input token count \(\d+\) exceeds the maximum number of tokens allowed \(\d+\)\.$/,
      };

      it('is refused in the words that agents make room for', async () => {
        const name = 'qwen3.5-omni-plus';
        const long = dialect.body(form, name, 'word '.repeat(230_000));
        const response = await gateway.request('POST', dialect.path(form, name), long);
        expect(response.status).toBe(400);
        const body: unknown = JSON.parse(await response.text());
        const message = messageOf(dialect, 400, body);
        expect(message).toMatch(words[dialect.name]);
        expect(message.match(/\d{6}/g)?.map(Number).sort()).toEqual([262_144, 287_500]);
        expect(message).not.toMatch(/rate limit|too many requests/i);
        if (/chat|responses/.test(dialect.name)) expect(at(body, 'error', 'code')).toBe('context_length_exceeded');
      });
    },
  );
});
