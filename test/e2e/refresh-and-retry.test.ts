import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../local/simulator/control/journal.ts';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { type Outcome, readOutcome } from '../support/read-outcome.ts';

const email = 'owner@example.com';
const password = 'battery staple';
const atOnce = 8;
let gateway: TestGateway;

/** The requests of a kind that the simulator has seen since the last call of `forget`. */
function seen(route: JournalEntry['route']): readonly JournalEntry[] {
  return gateway.simulator.control.requests().filter((entry) => entry.number > before && entry.route === route);
}
let before = 0;
function forget(): void {
  before = gateway.simulator.control.requests().at(-1)?.number ?? 0;
}

async function admin(method: string, path: string, body?: object) {
  const response = await gateway.request(method, `/admin/accounts${path}`, body);
  return parsed(response);
}

/** A refresh token, as a sign-in at the site gives it. */
async function signIn(): Promise<string> {
  const response = await fetch(`${gateway.simulator.url}/api/v2/auths/signin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: createHash('sha256').update(password).digest('hex') }),
  });
  const [, refreshToken = ''] = /refresh_token=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? [];
  return refreshToken;
}

async function chat(text: string, stream: boolean): Promise<Outcome> {
  return readOutcome(await gateway.request('POST', '/v1/chat/completions', ask(`repeat: ${text}`, { stream })));
}

describe.each(['start', 'dev'] as const)(
  'a token that the site has revoked, npm run %s',
  { timeout: 60_000 },
  (mode) => {
    beforeAll(async () => {
      gateway = await openGateway({ mode, accounts: [], env: { ACCOUNT_MAX_IN_FLIGHT: String(atOnce) } });
    });
    afterAll(() => gateway.close());
    beforeEach(async () => {
      for (const { id } of (await admin('GET', '')).data) await admin('DELETE', `/${id}`);
      gateway.simulator.control.accounts.add({ email, password });
    });

    const token = () => gateway.simulator.control.accounts.token(email);
    /** Adds the account, and has it serve once: functions look at the accounts every two seconds. */
    const added = async (secrets: object): Promise<string> => {
      const { id } = await admin('POST', '', secrets);
      await expect.poll(async () => (await chat('here', false)).text, { timeout: 10_000, interval: 50 }).toBe('here');
      gateway.simulator.control.accounts.expire(email);
      forget();
      return id;
    };

    it.each([true, false])(
      'is refreshed once behind the caller’s back, and the request tried once more (stream: %s)',
      async (stream) => {
        const id = await added({ token: token(), refreshToken: await signIn() });
        expect(await chat('served', stream)).toMatchObject({ status: 200, text: 'served', done: true });
        expect([seen('refresh').length, seen('sign-in').length]).toEqual([1, 0]);
        const refused = [...seen('chat-create'), ...seen('completion')].filter(({ headers }) => headers.authorization);
        expect(new Set(refused.map(({ headers }) => headers.authorization)).size).toBe(2);
        expect(await admin('GET', `/${id}`)).toMatchObject({ state: 'ok', reason: null, refresh_token: '********' });
        forget();
        expect((await chat('again', stream)).text).toBe('again');
        expect([seen('refresh').length, seen('sign-in').length]).toEqual([0, 0]);
      },
    );

    it('is refreshed once for many requests that meet it at once, by one use of the refresh token', async () => {
      await added({ token: token(), refreshToken: await signIn() });
      const outcomes = await Promise.all(
        Array.from({ length: atOnce }, (_, number) => chat(`n${number}`, number % 2 === 0)),
      );
      expect(outcomes.map(({ status, text }) => `${status} ${text}`)).toEqual(
        outcomes.map((_, number) => `200 n${number}`),
      );
      expect([seen('refresh').length, seen('sign-in').length]).toEqual([1, 0]);
      expect(gateway.simulator.control.violations()).toEqual([]);
    });

    it('is replaced by one sign-in where there is no refresh token', async () => {
      const id = await added({ token: token(), email, password });
      const outcomes = await Promise.all(Array.from({ length: atOnce }, (_, number) => chat(`n${number}`, true)));
      expect(new Set(outcomes.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['200 –']));
      expect([seen('refresh').length, seen('sign-in').length]).toEqual([0, 1]);
      expect(await admin('GET', `/${id}`)).toMatchObject({ state: 'ok' });
    });

    it('is replaced by a sign-in when the refreshed one is refused too, and is given up after that', async () => {
      const id = await added({ token: token(), refreshToken: await signIn(), email, password });
      gateway.simulator.control.fault({ fault: 'unauthorized-401', route: 'chat-create', times: 100 });
      expect(await chat('refused', false)).toMatchObject({ status: 403, code: 'accounts_signed_out' });
      gateway.simulator.control.heal();
      expect([seen('refresh').length, seen('sign-in').length]).toEqual([1, 1]);
      expect(await admin('GET', `/${id}`)).toMatchObject({ state: 'invalid' });
    });

    it('that was pasted alone ends its account, of which the list has told when it would end', async () => {
      const pasted = token();
      const id = await added({ token: pasted });
      const endsAt = new Date(JSON.parse(Buffer.from(pasted.split('.')[1] ?? '', 'base64url').toString()).exp * 1000);
      const day = endsAt.toISOString().slice(0, 10);
      expect(await admin('GET', `/${id}`)).toMatchObject({
        state: 'ok',
        ends_at: endsAt.toISOString(),
        notice: expect.stringMatching(new RegExp(`^its token ends on ${day} .* and can't be renewed`)),
      });
      expect(await chat('refused', false)).toMatchObject({
        status: 403,
        code: 'accounts_signed_out',
        shouldRetry: 'false',
      });
      expect([seen('refresh').length, seen('sign-in').length]).toEqual([0, 0]);
      expect(await admin('GET', `/${id}`)).toMatchObject({
        state: 'invalid',
        reason: expect.stringContaining('token'),
      });
    });
  },
);
