import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import { ask, newSession, normalised, type Session, withAnswer, withNext } from '../../support/conversing/session.ts';
import { dialectDoors } from '../../support/dialect-doors/dialect-doors.ts';
import { adminKey, openGateway, parsed, type TestGateway } from '../../support/gateway.ts';
import { readOutcome } from '../../support/read-outcome.ts';
import { pngFile } from '../../support/sample-files.ts';

const emails = ['one@example.com', 'two@example.com'];
const password = 'battery staple';
const { anthropic } = allConversing;
let gateway: TestGateway;
afterEach(() => gateway.close());

/** Two turns; the second would go on in the chat of the first. */
async function begin() {
  gateway = await openGateway({ accounts: emails });
  return firstTurn();
}

async function firstTurn() {
  const first = withNext(newSession(anthropic, adminKey), 'repeat: first');
  const second = withNext(withAnswer(first, await ask(gateway, first)), 'repeat: second');
  const prompt = gateway.simulator.control.prompts().at(-1);
  if (prompt === undefined) throw new Error('no model was asked');
  return { second, account: prompt.account, chatId: prompt.chatId };
}

async function refreshTokenOf(email: string): Promise<string> {
  const response = await fetch(`${gateway.simulator.url}/api/v2/auths/signin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: createHash('sha256').update(password).digest('hex') }),
  });
  return /refresh_token=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

async function expectFromOther(second: Session, account: string): Promise<void> {
  expect((await ask(gateway, second)).text).toBe('second');
  const prompt = gateway.simulator.control.prompts().at(-1);
  expect(prompt?.account).not.toBe(account);
  expect(normalised(prompt?.conversation ?? [])).toEqual(second.seen);
}

async function idOf(email: string): Promise<string> {
  const { data } = await parsed(await gateway.request('GET', '/admin/accounts'));
  const found = data.find(({ label }: { label: string }) => label.startsWith(email[0] ?? ''));
  if (found === undefined) throw new Error(`no account ${email}`);
  return found.id;
}

/** Functions look at the accounts every two seconds. */
async function leftAlone(account: string): Promise<void> {
  const { control } = gateway.simulator;
  const lastServers = async () => {
    for (const text of ['a', 'b']) await ask(gateway, withNext(newSession(anthropic, adminKey), text));
    return control
      .prompts()
      .slice(-2)
      .map((prompt) => prompt.account);
  };
  await expect.poll(lastServers, { timeout: 10_000, interval: 200 }).not.toContain(account);
}

describe('when the account of a conversation', () => {
  it('is gone, another one goes on', async () => {
    const { second, account } = await begin();
    const id = await idOf(account);
    expect((await gateway.request('DELETE', `/admin/accounts/${id}`)).ok).toBe(true);
    await leftAlone(account);
    await expectFromOther(second, account);
  });

  it('is taken out of use, another one goes on', async () => {
    const { second, account } = await begin();
    const id = await idOf(account);
    expect((await gateway.request('POST', `/admin/accounts/${id}/disable`)).ok).toBe(true);
    await leftAlone(account);
    await expectFromOther(second, account);
  });

  it('is asked for a verification, another one goes on', async () => {
    const { second, account } = await begin();
    gateway.simulator.control.fault({ fault: 'rgv587', account });
    await expectFromOther(second, account);
  });

  it('is busy for long, another one goes on', { timeout: 20_000 }, async () => {
    const { second, account } = await begin();
    const { control } = gateway.simulator;
    // Both accounts get one, and one of them is free again.
    control.fault({ fault: 'stall-after', account, after: 1 });
    const others = ['a', 'b'].map((text) =>
      ask(gateway, withNext(newSession(anthropic, adminKey), `repeat: ${text} b`)),
    );
    await control.waitFor(({ stalled }) => stalled);
    await Promise.race(others);
    await expectFromOther(second, account);
    control.release();
    await Promise.all(others);
  });

  it('has a new token, it goes on itself', async () => {
    gateway = await openGateway({ accounts: [] });
    const { control } = gateway.simulator;
    const [email = ''] = emails;
    control.accounts.add({ email, password });
    const secrets = { token: control.accounts.token(email), refreshToken: await refreshTokenOf(email) };
    expect((await gateway.request('POST', '/admin/accounts', secrets)).status).toBe(201);
    const { second } = await firstTurn();
    control.accounts.expire(email);
    expect((await ask(gateway, second)).text).toBe('second');
    const [one, two] = control.prompts();
    expect(two?.chatId).toBe(one?.chatId);
  });

  it('has not the file that is asked about next, the one that has it goes on', async () => {
    gateway = await openGateway({ accounts: emails });
    const { control } = gateway.simulator;
    const openAi = allConversing['openai-chat'];
    const first = withNext(newSession(openAi, adminKey), 'repeat: first');
    const second = withAnswer(first, await ask(gateway, first));
    const [prompt] = control.prompts();
    const bytes = pngFile();
    const holder = () => control.requests().findLast(({ route }) => route === 'upload-token')?.account;
    const sign = { filename: 'a.png', size: bytes.length, type: 'image/png' };
    let order = await parsed(await gateway.request('POST', '/api/files/sign', sign));
    if (holder() === prompt?.account) order = await parsed(await gateway.request('POST', '/api/files/sign', sign));
    expect(holder()).not.toBe(prompt?.account);
    await fetch(order.url, { method: 'PUT', headers: order.headers, body: new Uint8Array(bytes) });
    const content = [
      { type: 'text', text: 'repeat: second' },
      { type: 'file', file: { file_id: order.id } },
    ];
    const asked = { ...second, history: [...second.history, { role: 'user', content }] };
    expect((await ask(gateway, asked)).text).toContain('second');
    const last = control.prompts().at(-1);
    expect(last?.account).toBe(holder());
    expect(last?.conversation).toHaveLength(3);
  });

  it('could not store a file, a new chat goes on', async () => {
    const { second, chatId } = await begin();
    const { control } = gateway.simulator;
    const picture = { type: 'base64', media_type: 'image/png', data: pngFile().toString('base64') };
    control.fault({ fault: 'storage-failed' });
    const content = [
      { type: 'text', text: 'repeat: second' },
      { type: 'image', source: picture },
    ];
    const asked = { ...second, history: [...second.history.slice(0, -1), { role: 'user', content }] };
    expect((await ask(gateway, asked)).text).toContain('second');
    expect(control.prompts().at(-1)?.chatId).not.toBe(chatId);
    expect(control.prompts().at(-1)?.conversation).toHaveLength(3);
  });
});

describe('a streamed answer', () => {
  it.each(['openai-chat', 'anthropic', 'gemini'] as const)(
    'of %s is continued, and comes once after a fault',
    async (name) => {
      gateway = await openGateway({ accounts: emails });
      const { control } = gateway.simulator;
      const door = dialectDoors[name];
      const conversing = allConversing[name];
      const streamed = async (session: Session) => {
        const { path, body } = door.request('', true);
        const asked = { ...body, ...conversing.body({ history: session.history }) };
        return readOutcome(await gateway.request('POST', path, asked), door);
      };
      const first = withNext(newSession(conversing, adminKey), 'repeat: first');
      expect(await streamed(first)).toMatchObject({ text: 'first', done: true });
      const sentBack = { text: 'first', calls: [], items: conversing.madeUp('first') };
      const second = withNext(withAnswer(first, sentBack), 'repeat: second');
      expect(await streamed(second)).toMatchObject({ text: 'second', done: true });
      expect(control.prompts().at(-1)?.text).toBe('repeat: second');
      const third = withNext(
        withAnswer(second, { text: 'second', calls: [], items: conversing.madeUp('second') }),
        'repeat: third',
      );
      control.fault({ fault: 'parent-not-found' });
      expect(await streamed(third)).toMatchObject({ text: 'third', done: true });
      expect(normalised(control.prompts().at(-1)?.conversation ?? [])).toEqual(third.seen);
    },
  );
});
