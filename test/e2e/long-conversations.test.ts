import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PromptRecord } from '../../local/simulator/control/control.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { type LongDoor, longDoorOf, longDoors, type Turn } from '../support/long-doors.ts';

const one = 'one@example.com';
const openAi = longDoorOf('openai-chat');
let gateway: TestGateway;

/** A conversation of about so many bytes: turns of 4 kB, then the question. */
function conversation(bytes: number, question: string): readonly Turn[] {
  const turns = Array.from({ length: Math.ceil(bytes / 4000) }, (_, turn): readonly Turn[] => [
    { role: 'user', text: `question ${turn}: ${'wherefore '.repeat(100)}` },
    { role: 'assistant', text: `answer ${turn}: ${'“because” 因為\n'.repeat(130)}.` },
  ]);
  return [...turns.flat(), { role: 'user', text: question }];
}

const wordsOf = ({ conversation: seen }: PromptRecord): readonly Turn[] =>
  seen.map(({ label, words }) => ({ role: label === 'user' ? 'user' : 'assistant', text: words }));

const lastPrompt = () => {
  const last = gateway.simulator.control.prompts().at(-1);
  if (last === undefined) throw new Error('nothing was asked');
  return last;
};

async function ask(door: LongDoor, turns: readonly Turn[]) {
  const response = await gateway.request('POST', door.path, door.body(turns));
  return { status: response.status, ...door.readWhole(await response.text()) };
}

/** Nothing was ever sent that the site might take for an attack. */
function expectNoChallenge(): void {
  const completions = gateway.simulator.control.requests().filter(({ route }) => route === 'completion');
  expect(Math.max(...completions.map(({ bodyBytes }) => bodyBytes))).toBeLessThanOrEqual(110_000);
  expect(gateway.simulator.control.violations()).toEqual([]);
}

describe.each(['start', 'dev'] as const)('in the mode %s', (mode) => {
  beforeAll(async () => {
    gateway = await openGateway({ mode, accounts: [one], env: { CONVERSATIONS: 'always-new' } });
  });
  afterAll(() => gateway.close());

  describe.each(longDoors)('$name', (door) => {
    it.each<[size: string, bytes: number]>([
      ['300 KB', 300_000],
      // A process for each request shows nothing more.
      ...(mode === 'start' ? [['1 MB', 1_000_000] satisfies [string, number]] : []),
    ])('answers a conversation of %s, and the model sees all of it', async (_size, bytes) => {
      const turns = conversation(bytes, 'repeat: all seen');
      const answer = await ask(door, turns);
      expect(answer).toMatchObject({ status: 200, text: 'all seen' });
      expect(wordsOf(lastPrompt())).toEqual(turns);
      expectNoChallenge();
    });
  });
});

describe('what is large in itself', () => {
  beforeAll(async () => {
    gateway = await openGateway({ accounts: [one], env: { CONVERSATIONS: 'always-new' } });
  });
  afterAll(() => gateway.close());

  describe.each(longDoors)('$name', (door) => {
    it('answers about a paste of 300 KB', async () => {
      const turns: readonly Turn[] = [{ role: 'user', text: `repeat: ${'日本語 and more '.repeat(20_000)}end` }];
      const { status, text } = await ask(door, turns);
      expect(status).toBe(200);
      expect(`repeat: ${text}`).toBe(turns[0]?.text);
      expect(wordsOf(lastPrompt())).toEqual(turns);
      expectNoChallenge();
    });
  });

  it('uploads hardly anything twice while a conversation grows far over the limit', async () => {
    const before = gateway.simulator.control.uploads().length;
    const turns: Turn[] = [...conversation(90_000, 'repeat: begun')];
    for (let turn = 0; turn < 50; turn += 1) {
      const { status, text } = await ask(openAi, turns);
      expect(status).toBe(200);
      expect(wordsOf(lastPrompt())).toEqual(turns);
      turns.push({ role: 'assistant', text }, { role: 'user', text: `repeat: ${turn} ${'x'.repeat(2500)}` });
    }
    const uploads = gateway.simulator.control.uploads().slice(before);
    expect(new Set(uploads.map(({ bytes }) => bytes.toString('base64'))).size).toBe(uploads.length);
    expect(uploads.length).toBeLessThan(25);
    expectNoChallenge();
    // Each upload is read upstream, which is asked about it twice.
  }, 120_000);

  it.each([
    ['result', 'tool'],
    ['instructions', 'system'],
  ])('answers with a %s of 200 KB', async (_what, role) => {
    const large = `${'line of code;\n'.repeat(15_000)}last line`;
    const messages =
      role === 'system'
        ? [
            { role, content: large },
            { role: 'user', content: 'repeat: yes' },
          ]
        : [
            { role: 'user', content: 'repeat: what?' },
            {
              role: 'assistant',
              content: null,
              tool_calls: [{ id: 'c', function: { name: 'read', arguments: '{}' } }],
            },
            { role, tool_call_id: 'c', content: large },
          ];
    const response = await gateway.request('POST', '/v1/chat/completions', { model: 'qwen3.7-plus', messages });
    expect(response.status).toBe(200);
    expect(lastPrompt().conversation.map(({ words }) => words)).toContain(large);
    expectNoChallenge();
  });

  it('answers with tools of 200 KB, and knows how they are called', async () => {
    const tools = Array.from({ length: 200 }, (_, number) => ({
      type: 'function',
      function: {
        name: `tool_${number}`,
        description: 'What it is for. '.repeat(60),
        parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
      },
    }));
    const call = '[tool_call]{"name": "tool_199", "arguments": {"path": "a"}}[/tool_call]';
    const messages = [{ role: 'user', content: `repeat: ${call}` }];
    const response = await gateway.request('POST', '/v1/chat/completions', { model: 'qwen3.7-plus', messages, tools });
    expect(JSON.parse(await response.text())).toMatchObject({
      choices: [{ message: { tool_calls: [{ function: { name: 'tool_199' } }] } }],
    });
    const { text, conversation: seen } = lastPrompt();
    expect(text).toContain('[tool_call]');
    expect(seen[0]?.words).toContain('tool_199(path: string)');
    expectNoChallenge();
  });
});

describe('when the file of the older part fails', () => {
  beforeAll(async () => {
    const env = { CONVERSATIONS: 'always-new', UPSTREAM_IDLE_SECONDS: '1' };
    gateway = await openGateway({ accounts: [one, 'two@example.com'], env });
  });
  beforeEach(() => gateway.simulator.control.heal());
  afterAll(() => gateway.close());

  let number = 0;
  /** Of its own each time: nothing of it is uploaded already. */
  const long = () => {
    number += 1;
    return conversation(200_000 + number * 4000, `repeat: seen ${number}`).with(0, { role: 'user', text: `${number}` });
  };

  it.each(['storage-denied', 'storage-failed', 'parse-failed', 'parse-slow'] as const)(
    '%s once is not noticed',
    async (fault) => {
      gateway.simulator.control.fault({ fault });
      expect(await ask(openAi, long())).toMatchObject({ status: 200, text: `seen ${number}` });
    },
  );

  describe.each(longDoors)('$name', (door) => {
    it.each([
      ['storage-denied', 502, 'upstream_unavailable'],
      ['parse-failed', 502, 'conversation_unreadable'],
      ['parse-slow', 504, 'upstream_stalled'],
    ] as const)('%s always is told, and no account is blamed', async (fault, status, code) => {
      const asked = gateway.simulator.control.prompts().length;
      gateway.simulator.control.fault({ fault, times: 1000 });
      const answer = await ask(door, long());
      expect(answer.status).toBe(status);
      expect(answer.error).toEqual(door.wordsOf({ status, type: 'api_error', code }));
      expect(gateway.simulator.control.prompts()).toHaveLength(asked);
      gateway.simulator.control.heal();
      expect(await parsed(await gateway.request('GET', '/api/status'))).toMatchObject({ status: 'ok' });
      expect((await ask(door, [{ role: 'user', text: 'repeat: well' }])).text).toBe('well');
    });
  });
});
