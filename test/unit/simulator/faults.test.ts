import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isErrorFormName } from '../../../local/simulator/faults/error-forms.ts';
import { type FaultRule, streamFaultNames } from '../../../local/simulator/faults/fault-rule.ts';
import { parseJson } from '../../../local/simulator/json-value.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { deltasOf, framesOf, framingOf, piecesOf, textOf } from './read-frames.ts';
import { recorded } from './recorded.ts';
import { SimulatorClient, thinking } from './simulator-client.ts';

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

const indexSchema = z.record(z.string(), z.object({ http_status: z.number().default(200), content_type: z.string() }));
const forms = ['errors', 'waf'].flatMap((folder) =>
  Object.entries(indexSchema.parse(JSON.parse(recorded(`${folder}/index.json`)))).map(
    ([file, form]) => ({ name: file.replace(/\.\w+$/, ''), path: `${folder}/${file}`, ...form }) as const,
  ),
);

/** Everything of a stream that came before it broke, and whether it broke. */
async function readUntilCut(response: Response): Promise<{ text: string; cut: boolean }> {
  let text = '';
  try {
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes).toString();
    }
    return { text, cut: false };
  } catch {
    return { text, cut: true };
  }
}

async function askWith(rule: FaultRule, content = 'count to 60', features: object = thinking) {
  simulator.control.fault(rule);
  return readUntilCut(await client.openCompletion(await client.createChat(), { content, features }));
}

describe('error form', () => {
  it.each(forms)('$name is the recorded one', async ({ name, path, http_status, content_type }) => {
    if (!isErrorFormName(name)) {
      throw new Error(`${name} is missing`);
    }
    const chat = await client.createChat();
    simulator.control.fault({ fault: name });
    const answer = await client.complete(chat);
    const neutral = (text: string) =>
      text
        .trimEnd()
        .replace(/"request_id": "[^"]+"/, '"request_id": "ID"')
        .replace(/The chat \S+ is/, 'The chat ID is');
    expect(neutral(answer.text)).toBe(neutral(recorded(path)));
    expect(answer.status).toBe(http_status);
    expect(answer.headers.get('content-type')).toBe(content_type);
    expect((await client.complete(chat)).headers.get('content-type')).toContain('text/event-stream');
  });

  it('can hide its status in a header', async () => {
    simulator.control.fault({ fault: 'actual-status-401' });
    const answer = await client.ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-actual-status-code')).toBe('401');
  });
});

describe('fault rule', () => {
  const code = (answer: { json: unknown }) =>
    z.object({ data: z.object({ code: z.string() }) }).safeParse(answer.json).data?.data.code;

  it('holds for one account, model, route or path, as often as it says', async () => {
    simulator.control.accounts.add({ email: 'other@example.com', password: 'x' });
    const other = new SimulatorClient(simulator, 'other@example.com');
    simulator.control.fault({ fault: 'rate-limited', account: 'other@example.com', times: 2 });
    simulator.control.fault({ fault: 'parallel-limited', model: 'qwen3.7-max' });
    simulator.control.fault({ fault: 'gateway-504', route: 'models', path: '/api/v2/' });
    expect(code(await client.ask())).toBeUndefined();
    expect(code(await other.ask())).toBe('RateLimited');
    expect(code(await other.ask())).toBe('RateLimited');
    expect(code(await other.ask())).toBeUndefined();
    expect(code(await client.ask({ model: 'qwen3.7-max' }))).toBe('ParallelLimited');
    expect((await client.call('GET', '/api/models')).status).toBe(200);
    expect((await client.call('GET', '/api/v2/models/')).status).toBe(504);
    expect((await client.call('GET', '/api/v2/models/')).status).toBe(200);
    expect(simulator.control.faults()).toEqual([]);
  });

  it('takes the oldest one first, and any route when told so', async () => {
    simulator.control.fault({ fault: 'http-429', route: 'any' });
    simulator.control.fault({ fault: 'internal-500', route: 'any' });
    expect(simulator.control.faults()).toMatchObject([{ fault: 'http-429' }, { fault: 'internal-500' }]);
    expect((await client.call('GET', '/api/v2/chats/')).status).toBe(429);
    expect((await client.call('GET', '/api/models')).status).toBe(500);
    expect((await client.call('GET', '/api/models')).status).toBe(200);
  });

  it('is noted in the journal', async () => {
    simulator.control.fault({ fault: 'rgv587' });
    await client.ask();
    expect(simulator.control.requests().at(-1)).toMatchObject({ route: 'completion', fault: 'rgv587', status: 200 });
    await askWith({ fault: 'cut-after', after: 1 });
    expect(simulator.control.requests().at(-1)).toMatchObject({ fault: 'cut-after' });
  });
});

describe('fault before the head', () => {
  it('reset breaks the connection', async () => {
    simulator.control.fault({ fault: 'reset' });
    await expect(client.ask()).rejects.toThrow();
    expect(simulator.control.requests().at(-1)).toMatchObject({ outcome: 'cut', status: undefined });
  });

  it('stall-before-head lasts until it is released', async () => {
    simulator.control.fault({ fault: 'stall-before-head', route: 'models' });
    const answer = client.call('GET', '/api/models');
    const entry = await simulator.control.waitFor((candidate) => candidate.stalled);
    expect(entry.status).toBeUndefined();
    simulator.control.release();
    expect((await answer).status).toBe(200);
  });

  it('stall-before-head ends when the client leaves', async () => {
    simulator.control.fault({ fault: 'stall-before-head', route: 'models' });
    const leaving = new AbortController();
    const answer = fetch(`${simulator.url}/api/models`, { signal: leaving.signal });
    await simulator.control.waitFor((entry) => entry.stalled);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    const entry = await simulator.control.waitFor((candidate) => candidate.outcome === 'client-gone');
    expect(entry.status).toBeUndefined();
  });

  it('slow-head answers all the same', async () => {
    simulator.control.fault({ fault: 'slow-head', ms: 1 });
    expect(textOf((await client.ask({ content: 'repeat: late' })).text)).toBe('late');
  });
});

describe('stream fault', () => {
  it('cut-after breaks off in the middle of a line, 40 of 60 pieces in', async () => {
    const { text, cut } = await askWith({ fault: 'cut-after', after: 40 });
    expect(cut).toBe(true);
    const lines = text.split('\n');
    expect(piecesOf(lines.slice(0, -1).join('\n'))).toHaveLength(40);
    expect(lines.at(-1)).toMatch(/^data: \{"choices": \[\{"delta"/);
  });

  it('stall-after falls silent after 20 pieces and goes on when released', async () => {
    simulator.control.fault({ fault: 'stall-after', after: 20 });
    const response = await client.openCompletion(await client.createChat(), { content: 'count to 60' });
    const entry = await simulator.control.waitFor((candidate) => candidate.stalled);
    expect(entry.chunks).toBe(20);
    simulator.control.release();
    expect(piecesOf(await response.text())).toHaveLength(60);
  });

  it('stall-after ends when the client leaves, and after its own time', async () => {
    simulator.control.fault({ fault: 'stall-after', after: 3 });
    const response = await client.openCompletion(await client.createChat(), { content: 'count to 60' });
    await simulator.control.waitFor((entry) => entry.stalled);
    await response.body?.cancel();
    const entry = await simulator.control.waitFor((candidate) => candidate.outcome === 'client-gone');
    expect(entry.chunks).toBe(3);
    expect(simulator.control.activeStreams()).toEqual([]);
    expect(piecesOf((await askWith({ fault: 'stall-after', after: 3, ms: 1 })).text)).toHaveLength(60);
  });

  it('malformed-event breaks one event before the tenth piece, and all 60 come', async () => {
    const { text, cut } = await askWith({ fault: 'malformed-event', after: 9 });
    expect(cut).toBe(false);
    const events = text.split('\n\n').filter((event) => event !== '');
    const good = events.filter((event) => parseJson(event.slice('data: '.length)) !== undefined);
    expect(events.length - good.length).toBe(1);
    expect(piecesOf(good.join('\n\n'))).toHaveLength(60);
  });

  it('end-without-finish ends properly, without the last frame', async () => {
    const { text, cut } = await askWith({ fault: 'end-without-finish', after: 5 });
    expect(cut).toBe(false);
    expect(piecesOf(text)).toHaveLength(5);
    expect(deltasOf(text).at(-1)?.status).toBe('typing');
  });

  it('with a place beyond the answer happens before its end', async () => {
    const { text } = await askWith({ fault: 'end-without-finish', after: 100 }, 'count to 3');
    expect(textOf(text)).toBe('1 2 3');
    expect(deltasOf(text).at(-1)).toMatchObject({ content: ' 3', status: 'typing' });
  });

  it.each([
    ['object', 'error-frame-object'],
    ['string', 'error-frame-string'],
    ['envelope', 'error-frame-success-false'],
    ['event', 'error-event-line'],
  ] as const)('error-frame as %s has the recorded form', async (form, fixture) => {
    const rule = { fault: 'error-frame', after: 2, form, code: 'ParallelLimited', details: 'busy' } as const;
    const { text, cut } = await askWith(rule);
    expect(cut).toBe(false);
    const frame = text.slice(text.lastIndexOf('\n\n', text.length - 3) + 2);
    const known = recorded(`sse/${fixture}.sse`).trimEnd();
    const neutral = (part: string) => part.replace(/: ("[^"]*")/g, ': TEXT').trim();
    expect(neutral(frame)).toBe(neutral(known.slice(known.lastIndexOf('\n\n') + 1)));
    expect(frame).toContain('ParallelLimited');
    expect(piecesOf(text.slice(0, -frame.length))).toHaveLength(2);
  });

  it('error-frame tells the hours of a quota', async () => {
    const { text } = await askWith({ fault: 'error-frame', code: 'RateLimited', num: 8 });
    expect(text).toContain('"num": 8');
  });

  it('content-filter-after withholds the rest', async () => {
    const { text } = await askWith({ fault: 'content-filter-after', after: 1 });
    const last = recorded('sse/error-frame-content-safety.sse').trimEnd().split('\n\n').at(-1);
    expect(text.trimEnd().split('\n\n').at(-1)).toBe(last);
  });

  it('empty-body and empty-after-created hold nothing', async () => {
    expect(await askWith({ fault: 'empty-body' })).toEqual({ text: '', cut: false });
    const { text, cut } = await askWith({ fault: 'empty-after-created' });
    expect(cut).toBe(false);
    expect(framingOf(text)).toEqual(framingOf(recorded('sse/t2t-empty-after-created.sse')));
  });

  it('system-role-no-answer and native-tool-intercepted are as recorded', async () => {
    const silent = await askWith({ fault: 'system-role-no-answer' });
    expect(framingOf(silent.text)).toEqual(framingOf(recorded('sse/t2t-system-role-no-answer.sse')));
    const intercepted = await askWith({ fault: 'native-tool-intercepted' });
    expect(textOf(intercepted.text)).toBe(textOf(recorded('sse/t2t-native-tool-intercepted.sse')));
  });

  it('snapshots repeat the whole text in each frame', async () => {
    const { text } = await askWith({ fault: 'snapshots' }, 'count to 3');
    expect(piecesOf(text)).toEqual(['1', '1 2', '1 2 3']);
  });

  it('no-phase leaves the phase out', async () => {
    const { text } = await askWith({ fault: 'no-phase' }, 'count to 3');
    expect(framingOf(text)).toEqual(framingOf(recorded('sse/t2t-no-phase.sse')));
    expect(
      deltasOf(text)
        .map((delta) => delta.content)
        .join(''),
    ).toBe('1 2 3');
  });

  it('legacy-think gives the thoughts raw, each once', async () => {
    const { text } = await askWith({ fault: 'legacy-think' }, 'count to 3');
    const thoughts = deltasOf(text).filter((delta) => delta.phase === 'think');
    expect(thoughts.map((delta) => delta.status)).toEqual(['typing', 'typing', 'finished']);
    expect(text).not.toContain('thinking_summary');
  });

  it('second-response mixes another answer in', async () => {
    const { text } = await askWith({ fault: 'second-response' }, 'count to 3');
    const [created, ...frames] = framesOf(text);
    const first = created?.['response.created']?.response_id;
    const own = frames.filter((frame) => frame.response_id === first);
    expect(
      own
        .flatMap((frame) => frame.choices ?? [])
        .map(({ delta }) => delta.content)
        .join(''),
    ).toBe('1 2 3');
    expect(frames.length - own.length).toBe(3);
  });

  it.each(streamFaultNames)('%s leaves the chat free', async (fault) => {
    const chat = await client.createChat();
    simulator.control.fault({ fault, after: 1, ms: 1 });
    await readUntilCut(await client.openCompletion(chat));
    expect(simulator.control.activeStreams()).toEqual([]);
    expect(textOf((await client.complete(chat, { content: 'repeat: free' })).text)).toBe('free');
  });
});
