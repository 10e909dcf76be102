import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { clientOf, contentsOf, credentialOf, type Guest, lastNumber, newGuest, servedBy } from '../support/guests.ts';
import { makeToken } from '../support/jwt.ts';
import { hearOutput } from '../support/secret-watch/hear-output.ts';

const model = 'qwen3.7-plus';
const chat = '/v1/chat/completions';
const owner = 'owner@example.com';
const user = (content: string) => [{ role: 'user' as const, content }];
const bearer = (guests: readonly Guest[]) => ({ authorization: `Bearer ${credentialOf(guests)}` });

/** Tokens of callers in place of a key, where the owner allows it. */
describe.each(['start', 'dev'] as const)('callers’ own tokens, npm run %s', (mode) => {
  const answers: string[] = [];
  const written: string[] = [];
  let endHearing: () => void;
  let gateway: TestGateway;
  let guests: Guest[] = [];
  let round = 0;

  beforeAll(async () => {
    gateway = await openGateway({ mode, accounts: [owner], env: { PASS_THROUGH_TOKENS: 'true', LOG_LEVEL: 'debug' } });
    endHearing = hearOutput((text) => written.push(text));
  });
  // What a token has met is remembered, so every test has its own.
  beforeEach(() => {
    round += 1;
    guests = ['one', 'two', 'three'].map((name) => newGuest(gateway, `${name}-${round}@example.com`));
  });
  afterAll(async () => {
    endHearing();
    await gateway.close();
  });

  async function send(method: string, path: string, body: unknown, headers: Record<string, string>) {
    const response = await gateway.request(method, path, body, headers);
    const text = await response.text();
    answers.push(text, JSON.stringify([...response.headers]));
    return { status: response.status, headers: response.headers, text };
  }
  const dead = (email: string) => gateway.simulator.control.accounts.expire(email);

  it('serves the official client by its own account, streamed and whole', async () => {
    const [guest] = guests;
    const openai = clientOf(gateway, guests.slice(0, 1));
    const before = lastNumber(gateway);
    const whole = await openai.chat.completions.create({ model, messages: user('repeat: mine') });
    expect(whole.choices[0]?.message.content).toBe('mine');
    const stream = await openai.chat.completions.create({ model, messages: user('count to 3'), stream: true });
    const chunks = await Array.fromAsync(stream);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toMatch(/1\D+2\D+3/);
    expect(servedBy(gateway, before)).toEqual([guest?.email, guest?.email]);
    expect((await openai.models.list()).data.length).toBeGreaterThan(3);
  });

  it.each([true, false])('serves by the one living token of three, unseen (stream: %s)', async (stream) => {
    for (const { email } of guests.slice(0, 2)) dead(email);
    const openai = clientOf(gateway, guests);
    for (const turn of ['a', 'b', 'c', 'd']) {
      const messages = user(`repeat: turn ${turn}`);
      const text = stream
        ? (await openai.chat.completions.stream({ model, messages }).finalChatCompletion()).choices[0]?.message.content
        : (await openai.chat.completions.create({ model, messages })).choices[0]?.message.content;
      expect(text).toBe(`turn ${turn}`);
    }
  });

  it('answers as a response and keeps nothing of it', async () => {
    const headers = bearer(guests.slice(0, 1));
    const answered = await send('POST', '/v1/responses', { model, input: 'repeat: gone', store: true }, headers);
    expect(answered.status).toBe(200);
    const response = JSON.parse(answered.text);
    expect(response).toMatchObject({ status: 'completed', store: false });
    expect(await send('GET', `/v1/responses/${response.id}`, undefined, headers)).toMatchObject({ status: 404 });
    const next = { model, input: 'repeat: on', previous_response_id: response.id };
    expect(await send('POST', '/v1/responses', next, headers)).toMatchObject({ status: 404 });
    const background = { model, input: 'repeat: on', background: true };
    expect(await send('POST', '/v1/responses', background, headers)).toMatchObject({ status: 400 });
  });

  it('keeps a conversation to one token, and spreads conversations', async () => {
    const openai = clientOf(gateway, guests);
    const turned = clientOf(gateway, guests.toReversed());
    const accounts = new Set<string | undefined>();
    for (let conversation = 0; conversation < 12; conversation++) {
      const before = lastNumber(gateway);
      const first = user(`repeat: conversation ${conversation}`);
      await openai.chat.completions.create({ model, messages: first });
      const next = [...first, { role: 'assistant' as const, content: 'well' }, ...user('repeat: more')];
      await turned.chat.completions.create({ model, messages: next });
      const [one, other, ...more] = servedBy(gateway, before);
      expect(more).toEqual([]);
      expect(one).toBe(other);
      accounts.add(one);
    }
    expect(accounts.size).toBeGreaterThan(1);
  });

  it('tells the callers in their terms what has become of their tokens', async () => {
    const { control } = gateway.simulator;
    const told = async (fault: Parameters<typeof control.fault>[0]['fault'], more: object = {}) => {
      for (const { email } of guests) control.fault({ fault, account: email, times: 9, ...more });
      const { status, headers, text } = await send('POST', chat, ask('hi'), bearer(guests));
      control.heal();
      const { error } = JSON.parse(text);
      guests = guests.map(({ email }) => newGuest(gateway, `next-${email}`));
      return [status, error.code, headers.get('x-should-retry'), headers.has('retry-after')];
    };
    expect(await told('unauthorized-200')).toEqual([401, 'token_refused', 'false', false]);
    expect(await told('rgv587')).toEqual([403, 'token_challenged', 'false', false]);
    expect(await told('account-pending')).toEqual([403, 'token_unusable', 'false', false]);
    expect(await told('rate-limited', { num: 8 })).toEqual([429, 'insufficient_quota', 'false', true]);
    expect(await told('parallel-limited')).toEqual([429, 'rate_limit_exceeded', null, true]);
    expect(await told('internal-500')).toEqual([502, 'upstream_unavailable', null, false]);
    for (const { email } of guests) dead(email);
    const refused = clientOf(gateway, guests).chat.completions.create({ model, messages: user('hi') });
    await expect(refused).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it('says that a token has expired without asking anybody', async () => {
    const before = lastNumber(gateway);
    const old = makeToken({ id: 'somebody', exp: 1_700_000_000 }, 'old-signature-0123456789');
    const { status, text } = await send('POST', chat, ask('hi'), { authorization: `Bearer ${old}` });
    expect([status, JSON.parse(text).error.code]).toEqual([401, 'token_expired']);
    expect(lastNumber(gateway)).toBe(before);
  });

  it('takes tokens wherever a key may stand, but not in a URL', async () => {
    const credential = credentialOf(guests);
    for (const header of ['x-api-key', 'x-goog-api-key']) {
      expect((await send('POST', chat, ask('hi'), { [header]: credential })).status).toBe(200);
    }
    const { status, text } = await send('POST', `${chat}?key=${credential}`, ask('hi'), {});
    expect([status, JSON.parse(text).error.code]).toEqual([401, 'invalid_api_key']);
  });

  it('gives the rights of a user key, and nothing of the gateway’s accounts', async () => {
    const status = await send('GET', '/api/status', undefined, bearer(guests));
    expect(JSON.parse(status.text).accounts).toBeUndefined();
    const admin = await send('GET', '/admin/accounts', undefined, bearer(guests));
    expect([admin.status, JSON.parse(admin.text).error.code]).toEqual([403, 'permission_denied']);
    const before = lastNumber(gateway);
    expect((await send('POST', chat, ask('hi'), bearer(guests))).status).toBe(200);
    expect(servedBy(gateway, before)).not.toContain(owner);
    await gateway.openai.chat.completions.create({ model, messages: user('hi') });
    expect(servedBy(gateway, before).at(-1)).toBe(owner);
  });

  it('goes on with a chat by the token that owns it, for nobody else', async () => {
    const made = JSON.parse((await send('POST', '/api/chats', {}, bearer(guests))).text);
    const { chatId } = made;
    const before = lastNumber(gateway);
    for (const turn of ['one', 'two']) {
      const { status, text } = await send('POST', '/api/chat', { message: `repeat: ${turn}`, chatId }, bearer(guests));
      expect([status, JSON.parse(text).chatId]).toEqual([200, chatId]);
    }
    const [first, second] = servedBy(gateway, before);
    expect(first).toBe(second);
    const own = guests.filter(({ email }) => email === first);
    const others = guests.filter(({ email }) => email !== first);
    const go = (headers: Record<string, string>) =>
      send('POST', '/api/chat', { message: 'repeat: on', chatId }, headers);
    expect((await go(bearer(own))).status).toBe(200);
    expect((await go(bearer(others))).status).toBe(404);
    expect((await go({ authorization: `Bearer ${gateway.adminKey}` })).status).toBe(404);
    dead(`${first}`);
    const ended = await go(bearer(guests));
    expect([ended.status, JSON.parse(ended.text).error.code]).toEqual([401, 'token_refused']);
  });

  it('serves many callers at once by few tokens', async () => {
    const openai = clientOf(gateway, guests);
    const asked = Array.from({ length: 12 }, (_, index) =>
      openai.chat.completions.create({ model, messages: user(`repeat: caller ${index}`) }),
    );
    const texts = (await Promise.all(asked)).map(({ choices }) => choices[0]?.message.content);
    expect(texts).toEqual(Array.from({ length: 12 }, (_, index) => `caller ${index}`));
  });

  it('has stored, logged and answered no token in all of this', async () => {
    const sent = gateway.simulator.control
      .requests()
      .map(({ headers }) => String(headers.authorization ?? '').replace('Bearer ', ''))
      .filter((token) => token.length > 20);
    const signatures = new Set(
      [...sent, ...guests.map(({ token }) => token)].map((token) => token.split('.')[2] ?? ''),
    );
    expect(signatures.size).toBeGreaterThan(20);
    const lines = [...gateway.lines, ...written].join('\n');
    const stored = await contentsOf(gateway.runtime.stateFolder);
    for (const text of [lines, answers.join('\n'), stored]) {
      expect([...signatures, 'old-signature'].filter((signature) => text.includes(signature))).toEqual([]);
    }
    // What stands for a token does stand there: these are the right places to look.
    expect(lines).toMatch(/"caller":"pass-through:[0-9a-f]{32}"/);
    expect(lines).toMatch(/attempt failed/);
    expect(stored).toMatch(/pass-through:[0-9a-f]{32}/);
  });
});

describe('without the setting', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway();
  });
  afterAll(() => gateway.close());

  it('a token is a wrong key like any other, and the site hears nothing of it', async () => {
    const guest = newGuest(gateway, 'guest@example.com');
    for (const path of [chat, '/api/chat']) {
      const response = await gateway.request('POST', path, ask('hi'), bearer([guest]));
      expect([response.status, (await parsed(response)).error.code]).toEqual([401, 'invalid_api_key']);
    }
    expect(gateway.simulator.control.requests().filter(({ account }) => account === guest.email)).toEqual([]);
  });
});
