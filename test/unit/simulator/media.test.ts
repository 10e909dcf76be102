import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { deltasOf, textOf } from './read-frames.ts';
import { formOf, recorded, recordedForm } from './recorded.ts';
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

const createdSchema = z.object({
  data: z.object({ messages: z.tuple([z.object({ extra: z.object({ wanx: z.object({ task_id: z.string() }) }) })]) }),
});

async function createVideo(): Promise<string> {
  const answer = await client.ask({ chatType: 't2v', stream: false, content: 'A paper boat' });
  expect(formOf(answer.json)).toEqual(recordedForm('video/create.json'));
  return createdSchema.parse(answer.json).data.messages[0].extra.wanx.task_id;
}

async function poll(task: string, times: number): Promise<unknown[]> {
  const states: unknown[] = [];
  for (let index = 0; index < times; index += 1) {
    states.push((await client.call('GET', `/api/v1/tasks/status/${task}`)).json);
  }
  return states;
}

describe('picture', () => {
  it('comes as a tool result whose two files can be downloaded', async () => {
    const answer = await client.ask({ chatType: 't2i', content: 'A blue circle' });
    const result = deltasOf(answer.text).find((delta) => delta.role === 'function');
    const [display] = result?.extra?.image_list ?? [];
    expect(result?.extra?.tool_result).toHaveLength(1);
    expect(result?.extra?.tool_result).not.toEqual([display]);
    const image = await fetch(display?.image ?? 'no picture');
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(textOf(answer.text)).toBe('Here is your picture.');
  });

  it('is asked for with arguments that grow to the whole JSON', async () => {
    const answer = await client.ask({ chatType: 't2i', content: 'A "quoted" circle' });
    const calls = deltasOf(answer.text).flatMap((delta) => delta.function_call?.arguments ?? []);
    expect(calls[0]).toBe('');
    for (const [index, call] of calls.entries()) {
      expect(call.startsWith(calls[index - 1] ?? '')).toBe(true);
    }
    expect(JSON.parse(calls.at(-1) ?? '')).toEqual({ prompt: 'A "quoted" circle' });
  });
});

describe('video', () => {
  it('is ready at the fourth question', async () => {
    const states = await poll(await createVideo(), 5);
    expect(formOf(states)).toEqual(formOf(JSON.parse(recorded('video/poll-sequence.json'))));
    expect(states).toMatchObject([
      { task_status: 'pending' },
      { task_status: 'running' },
      { task_status: 'running' },
      { task_status: 'success', content: expect.stringMatching(/^http.*\.mp4\?key=/) },
      { task_status: 'success' },
    ]);
    const { content } = z.object({ content: z.string() }).parse(states.at(-1));
    expect((await fetch(content)).headers.get('content-type')).toBe('video/mp4');
  });

  it('can fail', async () => {
    simulator.control.fault({ fault: 'video-failed' });
    const states = await poll(await createVideo(), 3);
    expect(states).toEqual(JSON.parse(recorded('video/poll-sequence-failed.json')));
  });

  it('is not told to other accounts', async () => {
    const task = await createVideo();
    simulator.control.accounts.add({ email: 'stranger@example.com', password: 'x' });
    const stranger = new SimulatorClient(simulator, 'stranger@example.com');
    expect((await stranger.call('GET', `/api/v1/tasks/status/${task}`)).status).toBe(404);
  });

  it('has a daily quota that tells its hours', async () => {
    simulator.control.fault({ fault: 'rate-limited', num: 16 });
    const answer = await client.ask({ chatType: 't2v', stream: false });
    expect(answer.text.replace(/"request_id": "[^"]+"/, '')).toBe(
      JSON.stringify(JSON.parse(recorded('video/create-ratelimited.json')), null, 1)
        .replaceAll(/\n */g, ' ')
        .replaceAll('{ ', '{')
        .replaceAll(' }', '}')
        .replace(/"request_id": "[^"]+"/, ''),
    );
  });
});
