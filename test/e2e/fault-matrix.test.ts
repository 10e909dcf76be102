import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../local/simulator/faults/fault-rule.ts';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { type Outcome, readOutcome } from '../support/read-outcome.ts';

/** What a caller gets. */
type Expected = Pick<Outcome, 'status' | 'code'>;

interface FaultCase {
  readonly fault: FaultRule['fault'];
  readonly more?: Partial<FaultRule>;
  /** What the caller gets when it happens again and again to the only account. */
  readonly lasting: Expected;
  /**
   * What the caller gets when it happens once and nothing is held against the account. Absent for faults that bench
   * the account: then once is enough for the only account to be out.
   */
  readonly once?: Expected;
  readonly retryAfter?: RegExp;
  readonly shouldRetry?: 'false';
}

const served: Expected = { status: 200, code: '–' };
const quota = { status: 429, code: 'insufficient_quota' } as const;
const limited = { status: 429, code: 'rate_limit_exceeded' } as const;
const disabled = { status: 403, code: 'accounts_disabled' } as const;
const intercepted = { status: 502, code: 'upstream_tool_intercepted' } as const;
const busy = { status: 409, code: 'chat_busy' } as const;
const gone = { status: 404, code: 'chat_not_found' } as const;
const noModel = { status: 404, code: 'model_not_found' } as const;
const signedOut = { status: 403, code: 'accounts_signed_out' } as const;
const challenged = { status: 403, code: 'accounts_challenged' } as const;
const unavailable = { status: 502, code: 'upstream_unavailable' } as const;
const rejected = { status: 502, code: 'upstream_rejected' } as const;
const filtered = { status: 400, code: 'content_filter' } as const;
const empty = { status: 502, code: 'upstream_empty_answer' } as const;
const final = { shouldRetry: 'false' } as const;

const cases: readonly FaultCase[] = [
  { fault: 'rate-limited', more: { num: 8 }, lasting: quota, retryAfter: /^28[78]\d\d$/, ...final },
  { fault: 'rate-limited-num-zero', lasting: limited, retryAfter: /^\d{1,2}$/ },
  { fault: 'quota-limited', lasting: quota, retryAfter: /^3\d{3}$/, ...final },
  { fault: 'parallel-limited', lasting: limited, retryAfter: /^\d{1,2}$/ },
  { fault: 'allocated-quota', lasting: limited, retryAfter: /^\d{1,2}$/ },
  { fault: 'http-429', lasting: limited, retryAfter: /^\d{1,2}$/ },
  { fault: 'unauthorized-200', lasting: signedOut, ...final },
  { fault: 'unauthorized-lower-200', lasting: signedOut, ...final },
  { fault: 'unauthorized-401', lasting: signedOut, ...final },
  { fault: 'actual-status-401', lasting: signedOut, ...final },
  { fault: 'forbidden-403', lasting: signedOut, ...final },
  { fault: 'account-pending', lasting: disabled, ...final },
  { fault: 'rgv587', lasting: challenged, ...final },
  { fault: 'x5-punish', lasting: challenged, ...final },
  { fault: 'aliyun-waf', lasting: challenged, ...final },
  { fault: 'empty-body', lasting: empty },
  { fault: 'empty-after-created', lasting: empty },
  { fault: 'system-role-no-answer', lasting: empty },
  { fault: 'data-inspection-input', lasting: filtered, once: filtered, ...final },
  { fault: 'content-filter-after', lasting: filtered, once: filtered, ...final },
  { fault: 'bad-request-internal', lasting: unavailable, once: served },
  { fault: 'internal-500', lasting: unavailable, once: served },
  { fault: 'gateway-504', lasting: unavailable, once: served },
  { fault: 'reset', lasting: unavailable, once: served },
  { fault: 'error-frame', lasting: unavailable, once: served },
  { fault: 'native-tool-intercepted', lasting: intercepted, once: served },
  { fault: 'chat-in-progress', lasting: busy, once: served },
  { fault: 'chat-not-found', lasting: gone, once: served, ...final },
  { fault: 'chat-not-exist', lasting: gone, once: served, ...final },
  { fault: 'parent-not-found', lasting: gone, once: served, ...final },
  { fault: 'model-not-found', lasting: noModel, once: noModel, ...final },
  { fault: 'validation-error', lasting: rejected, once: rejected, ...final },
  { fault: 'bad-request-too-many-messages', lasting: rejected, once: rejected, ...final },
];

/** Enough for every benching fault to take one away, in both forms, and one to serve. */
const manyAccounts = Array.from({ length: 40 }, (_, number) => `account${number}@example.com`);
const forms = [{ form: 'streamed' as const }, { form: 'whole' as const }];
const rows: unknown[][] = [];
let one: TestGateway;
let many: TestGateway;

beforeAll(async () => {
  one = await openGateway();
  many = await openGateway({ mode: 'dev', accounts: manyAccounts });
});
afterAll(async () => {
  await Promise.all([one.close(), many.close()]);
  console.log(
    markdownTable(
      [
        'upstream',
        'form',
        'one account, again and again',
        'retry-after',
        'should-retry',
        'once',
        'once, of many accounts',
      ],
      rows,
    ),
  );
});

async function meet(gateway: TestGateway, form: 'streamed' | 'whole', rule: FaultRule): Promise<Outcome> {
  gateway.simulator.control.heal();
  gateway.simulator.control.fault(rule);
  return readOutcome(
    await gateway.request('POST', '/v1/chat/completions', ask('repeat: well served', { stream: form === 'streamed' })),
  );
}

/** Faults that bench the account leave a gateway behind that is of no use for the next case. */
async function meetAfresh(form: 'streamed' | 'whole', rule: FaultRule): Promise<Outcome> {
  const gateway = await openGateway({ mode: 'dev' });
  try {
    return await meet(gateway, form, rule);
  } finally {
    await gateway.close();
  }
}

const show = ({ status, code }: Expected) => `${status} ${code}`;

describe.each(forms)('what callers get, $form', ({ form }) => {
  it.each(cases)('$fault', async ({ fault, more, lasting, once, retryAfter, shouldRetry }) => {
    const always = { fault, ...more, times: 100 };
    const lastingOutcome = await (once ? meet(one, form, always) : meetAfresh(form, always));
    const onceOutcome = once && (await meet(one, form, { fault, ...more }));
    const ofMany = await meet(many, form, { fault, ...more });
    rows.push([
      fault,
      form,
      show(lastingOutcome),
      lastingOutcome.retryAfter,
      lastingOutcome.shouldRetry,
      onceOutcome ? show(onceOutcome) : 'the same',
      show(ofMany),
    ]);
    expect(lastingOutcome).toMatchObject(lasting);
    expect(lastingOutcome.retryAfter).toMatch(retryAfter ?? /^–$/);
    expect(lastingOutcome.shouldRetry).toBe(shouldRetry ?? '–');
    if (once) expect(onceOutcome).toMatchObject(once);
    expect(ofMany).toMatchObject(once ?? served);
    for (const outcome of [lastingOutcome, ofMany]) {
      const good = outcome.status === 200;
      expect(outcome).toMatchObject({ text: good ? 'well served' : '', done: good });
    }
  });
});
