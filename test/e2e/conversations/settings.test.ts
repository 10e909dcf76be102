import { afterEach, describe, expect, it } from 'vitest';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import {
  ask,
  lookTool,
  newSession,
  type Session,
  send,
  withAnswer,
  withNext,
} from '../../support/conversing/session.ts';
import { adminKey, openGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { hearOutput } from '../../support/secret-watch/hear-output.ts';

const owner = 'one@example.com';
const openAi = allConversing['openai-chat'];
let gateway: TestGateway;
afterEach(() => gateway.close());

async function open(env: Readonly<Record<string, string>> = {}, more: TestGatewayOptions = {}): Promise<void> {
  gateway = await openGateway({ ...more, env });
}

/** Asks, and gives the session behind the answer with the next message at its end. */
async function turn(session: Session, next: string): Promise<Session> {
  return withNext(withAnswer(session, await ask(gateway, session)), next);
}

const begin = (text: string, more: Partial<Session> = {}) => withNext(newSession(openAi, adminKey, more), text);
const chatsOf = () => gateway.simulator.control.prompts().map(({ chatId }) => chatId);
const chatsLeft = () => gateway.simulator.control.chats(owner);

async function idle(): Promise<void> {
  await gateway.request('GET', '/api/status');
}

describe('CONVERSATIONS', () => {
  it.each(['start', 'dev'] as const)('goes on with one chat over five turns in npm run %s', async (mode) => {
    await open({}, { mode });
    let session = begin('repeat: 1', { system: 'Be brief.' });
    for (const number of [2, 3, 4, 5]) session = await turn(session, `repeat: ${number}`);
    expect((await ask(gateway, session)).text).toBe('5');
    expect(new Set(chatsOf()).size).toBe(1);
    expect(chatsLeft()).toHaveLength(1);
    expect(chatsLeft()[0]?.messages).toHaveLength(10);
    expect(gateway.simulator.control.prompts().at(-1)?.text).toBe('repeat: 5');
  });

  it('always-new makes a chat for each answer, and deletes it', async () => {
    await open({ CONVERSATIONS: 'always-new' });
    await ask(gateway, await turn(begin('repeat: 1'), 'repeat: 2'));
    expect(new Set(chatsOf()).size).toBe(2);
    const deleted = () => gateway.simulator.control.requests().filter(({ method }) => method === 'DELETE');
    await gateway.simulator.control.waitFor(
      () => deleted().filter(({ outcome }) => outcome === 'answered').length === 2,
    );
    expect(chatsLeft()).toEqual([]);
  });

  it('never-fold goes on with what it knows, and refuses the rest in the words of each dialect', async () => {
    await open({ CONVERSATIONS: 'never-fold' });
    const second = await turn(begin('repeat: 1'), 'repeat: 2');
    expect((await ask(gateway, second)).text).toBe('2');
    for (const conversing of Object.values(allConversing)) {
      const session = newSession(conversing, adminKey);
      const foreign = { ...session, history: [...conversing.user('Hi'), ...conversing.madeUp('Hello!')] };
      const response = await send(gateway, withNext(foreign, 'And now?'));
      expect(response.status, conversing.path).toBe(409);
      expect(await response.text()).toMatch(/no chat that holds this conversation/);
    }
    expect(new Set(chatsOf()).size).toBe(1);
    expect(gateway.simulator.control.prompts()).toHaveLength(2);
  });

  it('never-fold gives an unused chat back', async () => {
    await open({ CONVERSATIONS: 'never-fold' });
    const second = await turn(begin('repeat: 1'), 'repeat: 2');
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,bm90aGluZw==' } };
    const broken = { ...second, history: [...second.history.slice(0, -1), { role: 'user', content: [picture] }] };
    expect((await send(gateway, broken)).status).toBe(400);
    expect((await ask(gateway, second)).text).toBe('2');
    expect(new Set(chatsOf()).size).toBe(1);
  });
});

describe('what is left upstream', () => {
  it('is nothing of an answer that was cut, and the next turn begins anew', async () => {
    await open();
    gateway.simulator.control.pace(5);
    const first = begin('count to 400');
    const body = { ...openAi.body({ history: first.history }), max_tokens: 5 };
    const answer = openAi.read(await (await gateway.request('POST', openAi.path, body)).text());
    await gateway.simulator.control.waitFor(({ method, outcome }) => method === 'DELETE' && outcome === 'answered');
    gateway.simulator.control.pace(0);
    expect(chatsLeft()).toEqual([]);
    expect((await ask(gateway, withNext(withAnswer(first, answer), 'repeat: next'))).text).toBe('next');
    expect(new Set(chatsOf()).size).toBe(2);
    expect(gateway.simulator.control.violations()).toEqual([]);
  });

  it('is nothing of callers who bring their own tokens', async () => {
    await open({ PASS_THROUGH_TOKENS: 'true' });
    const { token } = gateway.simulator.control.accounts.add({ email: 'guest@example.com', password: 'guest pass' });
    await ask(gateway, await turn(begin('repeat: 1', { key: token }), 'repeat: 2'));
    await idle();
    expect(new Set(chatsOf()).size).toBe(2);
    expect(gateway.simulator.control.chats('guest@example.com')).toEqual([]);
  });

  it('is all of it with KEEP_CHATS', async () => {
    await open({ KEEP_CHATS: 'true' });
    await ask(gateway, await turn(begin('repeat: 1'), 'repeat: 2'));
    expect(chatsLeft()).toHaveLength(1);
  });
});

describe('a conversation with tools', () => {
  it('tells the tools once, and only their results afterwards', async () => {
    await open();
    const { control } = gateway.simulator;
    control.script('Let me see.\n\n[tool_call]\n{"name": "look", "arguments": {"path": "a"}}\n[/tool_call]');
    const second = await turn(begin('look at a', { tools: [lookTool] }), 'nothing there');
    control.script('It is empty.');
    const third = await turn(second, 'Thanks.');
    await ask(gateway, third);
    const [one, two, three] = control.prompts();
    expect(one?.text).toContain('You can call tools.');
    expect(two?.text).toContain('nothing there 0');
    for (const { text } of [two, three].filter((prompt) => prompt !== undefined)) {
      expect(text).not.toContain('You can call tools.');
      expect(text).not.toContain('look at a');
      expect(text).toMatch(/Tools are called between \[tool_call\] and \[\/tool_call\], as told above\.$/);
    }
    expect(new Set(chatsOf()).size).toBe(1);
  });

  it('stays with the markup that its chat was told of', async () => {
    await open();
    const { control } = gateway.simulator;
    control.fault({ fault: 'native-tool-intercepted' });
    const second = await turn(begin('hello', { tools: [lookTool] }), 'again');
    await ask(gateway, second);
    expect(control.prompts().at(-1)?.text).toMatch(/between ```tool_call and ```/);
    expect(control.prompts().at(-1)?.chatId).toBe(control.prompts().at(-2)?.chatId);
  });
});

describe('the log', () => {
  it('tells whether an answer was continued, and how much was sent', async () => {
    const heard: string[] = [];
    await open();
    const end = hearOutput((text) => heard.push(text));
    await ask(gateway, await turn(begin('repeat: 1'), 'repeat: 2'));
    await idle();
    end();
    const written = heard.filter((line) => line.includes('"sentBytes"')).map((line) => JSON.parse(line));
    expect(written).toMatchObject([{ continued: false }, { continued: true }]);
    expect(written.every(({ sentBytes }) => sentBytes > 500 && sentBytes < 3000)).toBe(true);
  });
});
