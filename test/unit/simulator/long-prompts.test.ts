import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AttachedText, readPrompt, unfoldPrompt } from '../../../local/simulator/answers/read-prompt.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { textOf } from './read-frames.ts';
import { SimulatorClient } from './simulator-client.ts';

const file = (name: string, ...lines: readonly string[]): AttachedText => ({
  name,
  bytes: Buffer.from(lines.join('\n')),
});
const message = (...lines: readonly string[]) => lines.join('\n');

describe('a folded conversation with texts beside it', () => {
  const part = file('a.txt', 'Preface', '', '=1= user', 'old', '=1= assistant', 'yes', '=1= end', '');

  it('has the messages of a text at their place, and nothing twice', () => {
    const text = message('=2= messages in file "a.txt"', '', '=2= user again', 'old', '=2= user', 'new', '=2= end');
    expect(unfoldPrompt(text, [part])).toEqual([
      { label: 'user', words: 'old' },
      { label: 'assistant', words: 'yes' },
      { label: 'user', words: 'new' },
    ]);
    expect(readPrompt(text, [part])).toEqual({ asked: 'new', earlier: ['old'], instructed: false });
  });

  it('is asked what stands in a text, whole, when that is the last', () => {
    const text = message('=2= messages in file "b.txt"', '', '=2= user again', 'a', '=2= left out', 'z', '=2= end');
    expect(readPrompt(text, [file('b.txt', '=1= user', 'a to z', '=1= end')]).asked).toBe('a to z');
  });

  it('takes one message of a text at a time for instructions', () => {
    const instructions = file('i.txt', '=1= instructions', 'one', '=1= instructions', 'two', '=1= end');
    const place = '=2= instructions in file "i.txt"';
    const text = message(place, 'o', '=2= instructions', 'between', place, 't', '=2= user', 'hi', '=2= end');
    expect(unfoldPrompt(text, [instructions]).map(({ words }) => words)).toEqual(['one', 'between', 'two', 'hi']);
    expect(readPrompt(text, [instructions]).instructed).toBe(true);
  });

  it('loses what stands in a text that is not there', () => {
    const text = message('=2= messages in file "gone.txt"', '', '=2= user', 'new', '=2= end');
    expect(unfoldPrompt(text, [part])).toEqual([{ label: 'user', words: 'new' }]);
  });
});

describe('the control', () => {
  let simulator: Simulator;
  let client: SimulatorClient;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.control.reset();
    client = new SimulatorClient(simulator);
  });
  afterAll(() => simulator.close());

  it('tells what the model saw, along the parents, also when the chat is gone', async () => {
    const chat = await client.createChat();
    const first = (await client.complete(chat, { content: 'repeat: one' })).text;
    expect(textOf(first)).toBe('one');
    const parentId = /"response_id": ?"([^"]+)"/.exec(first)?.[1] ?? '';
    await client.complete(chat, { content: message('=1= user', 'two', '=1= assistant', 'yes', '=1= end'), parentId });
    await client.complete(chat, { content: 'another branch' });
    await client.call('DELETE', `/api/v2/chats/${chat}`);
    const [prompt, second, branch] = simulator.control.prompts();
    expect(prompt).toMatchObject({ chatId: chat, text: 'repeat: one', attached: [] });
    expect(prompt?.conversation).toEqual([{ label: 'user', words: 'repeat: one' }]);
    expect(second?.conversation.map(({ label, words }) => `${label}: ${words}`)).toEqual([
      'user: repeat: one',
      'assistant: one',
      'user: two',
      'assistant: yes',
    ]);
    expect(branch?.conversation).toEqual([{ label: 'user', words: 'another branch' }]);
    simulator.control.reset();
    expect(simulator.control.prompts()).toEqual([]);
  });
});
