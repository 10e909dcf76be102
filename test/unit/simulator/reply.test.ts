import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { textOf } from './read-frames.ts';
import { SimulatorClient } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

async function ask(content: string): Promise<string> {
  return textOf((await client.ask({ content })).text);
}

it('answers each message by the words that a script makes of it', async () => {
  simulator.control.script({ reply: (message) => `${message.length}: ${message}`, times: 'always' });
  expect(await ask('one')).toBe('3: one');
  expect(await ask('three\n\nlines  of 日本語')).toBe('20: three\n\nlines  of 日本語');
});

it('answers by itself where the script has no words', async () => {
  simulator.control.script({ reply: (message) => (message === 'mine' ? 'yours' : undefined), times: 'always' });
  expect(await ask('repeat: not mine')).toBe('not mine');
  expect(await ask('mine')).toBe('yours');
});

it('uses a script up once for each message, with words or without', async () => {
  simulator.control.script({ reply: () => undefined });
  simulator.control.script({ reply: () => 'second' });
  expect(await ask('repeat: a')).toBe('a');
  expect(await ask('repeat: b')).toBe('second');
  expect(await ask('repeat: c')).toBe('c');
});
