import { afterEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { readServerSentEvents } from '../support/server-sent-events.ts';

const [one, two, three, four] = [
  'one@example.com',
  'two@example.com',
  'three@example.com',
  'four@example.com',
] as const;
const owners = [one, two, three, four];
const limited = { fault: 'rate-limited', num: 5, times: 100 } as const;

let gateway: TestGateway;
afterEach(() => gateway.close());

/** The first picture of each of these accounts is only made when the others have been asked, too: so all are asked at once. */
function together(stalled: readonly string[], others: readonly string[]): Promise<void> {
  const { control } = gateway.simulator;
  for (const account of stalled) control.fault({ fault: 'stall-before-head', account });
  const seen = [
    ...stalled.map((owner) => control.waitFor(({ account, stalled: waits }) => waits && account === owner)),
    ...others.map((owner) =>
      control.waitFor(
        ({ account, route, status }) => route === 'completion' && account === owner && status !== undefined,
      ),
    ),
  ];
  return Promise.all(seen).then(() => control.release());
}

const generate = (more: object) =>
  gateway.request('POST', '/v1/images/generations', { model: 'qwen3.7-plus', prompt: 'A circle', ...more });

/** How often each account was asked for a picture. */
function asked(): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { route, account } of gateway.simulator.control.requests()) {
    if (route === 'completion') counts.set(account ?? '', (counts.get(account ?? '') ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Several pictures of one request, each test with accounts that nobody has used. */
describe.each(['start', 'dev'] as const)('four pictures of one request, with npm run %s', (mode) => {
  it('go past an account that has used up its pictures, which is asked once', async () => {
    gateway = await openGateway({ mode, accounts: owners });
    gateway.simulator.control.fault({ ...limited, account: two });
    const released = together([one, three, four], [two]);
    const { data, errors } = await parsed(await generate({ n: 4 }));
    await released;
    expect(data).toHaveLength(4);
    expect(errors).toBeUndefined();
    expect(asked()[two]).toBe(1);
    expect(sumOf(asked())).toBe(5);
    expect((await parsed(await generate({ n: 3 }))).data).toHaveLength(3);
    expect(asked()[two]).toBe(1);
  });

  it('are three, and an error for the one that came to nothing', async () => {
    gateway = await openGateway({ mode, accounts: owners });
    gateway.simulator.control.fault({ fault: 'picture-missing', account: three });
    const released = together([one, two, four], [three]);
    const response = await generate({ n: 4 });
    await released;
    expect(response.status).toBe(200);
    const { data, errors } = await parsed(response);
    expect(data).toHaveLength(3);
    expect(errors).toEqual([
      expect.objectContaining({
        index: expect.any(Number),
        code: 'picture_missing',
        message: expect.stringContaining('Here is your picture.'),
      }),
    ]);
    expect(asked()).toEqual({ [one]: 1, [two]: 1, [three]: 1, [four]: 1 });
  });

  it('are those of the account that is left, one after the other', async () => {
    gateway = await openGateway({ mode, accounts: [one, two] });
    gateway.simulator.control.fault({ ...limited, account: two });
    const released = together([one], [two]);
    const { data } = await parsed(await generate({ n: 4 }));
    await released;
    expect(data).toHaveLength(4);
    expect(asked()).toEqual({ [one]: 4, [two]: 1 });
  });

  it('are those that were made before the account had used up its pictures', async () => {
    gateway = await openGateway({ mode, accounts: [one, two] });
    gateway.simulator.control.fault({ ...limited, account: two });
    const released = together([one], [two]);
    gateway.simulator.control.fault({ ...limited, account: one });
    const { data, errors } = await parsed(await generate({ n: 4 }));
    await released;
    expect(data).toHaveLength(1);
    expect(errors.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('insufficient_quota'));
    for (const { retry_after: seconds } of errors) expect(seconds).toBeGreaterThan(4 * 3600);
    expect(asked()).toEqual({ [one]: 2, [two]: 1 });
  });

  it('are one error when no account makes any', async () => {
    gateway = await openGateway({ mode, accounts: owners });
    gateway.simulator.control.fault(limited);
    for (const stream of [false, true]) {
      const response = await generate({ n: 4, stream });
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(4 * 3600);
      expect(await parsed(response)).toMatchObject({ error: { code: 'insufficient_quota' } });
    }
    expect(asked()).toEqual({ [one]: 1, [two]: 1, [three]: 1, [four]: 1 });
  });

  it('are streamed as they come, and the failure of one last', async () => {
    gateway = await openGateway({ mode, accounts: owners });
    gateway.simulator.control.fault({ fault: 'picture-missing', account: three });
    const released = together([one, two, four], [three]);
    const response = await generate({ n: 4, stream: true });
    await released;
    expect(response.status).toBe(200);
    const events = readServerSentEvents(await response.text());
    const bodies = events.map(({ data }) => JSON.parse(data));
    expect(events.map(({ name }) => name)).toEqual([...Array(3).fill('image_generation.completed'), 'error']);
    expect(bodies.at(-1)).toMatchObject({ error: { code: 'picture_missing' } });
    expect(asked()).toEqual({ [one]: 1, [two]: 1, [three]: 1, [four]: 1 });
  });
});
