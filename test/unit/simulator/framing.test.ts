import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { deltasOf, framesOf, framingOf, piecesOf, textOf, usagesOf } from './read-frames.ts';
import { recorded } from './recorded.ts';
import { type CompletionChanges, fast, SimulatorClient, thinking } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
  client = new SimulatorClient(simulator);
});
afterAll(() => simulator.close());

const picture = { type: 'image', url: 'https://cdn.qwenlm.ai/output/a/t2i/b/1f5c.png?key=TEST_KEY' };
const cases: readonly [string, CompletionChanges][] = [
  ['t2t-plain', { features: fast }],
  ['t2t-thinking-summary', { features: thinking }],
  ['t2t-think-phase', { features: { ...thinking, thinking_format: 'detail' } }],
  ['t2t-no-phase', { features: { thinking_enabled: false } }],
  ['t2i-tool', { chatType: 't2i', content: 'A simple blue circle' }],
  ['image-edit-tool', { chatType: 'image_edit', content: 'Make it red', files: [picture] }],
];

describe('framing', () => {
  it.each(cases)('of %s is the recorded one', async (name, changes) => {
    const answer = await client.ask(changes);
    expect(framingOf(answer.text)).toEqual(framingOf(recorded(`sse/${name}.sse`)));
  });

  it('of a search uses recorded frames only, and ends as recorded', async () => {
    const answer = await client.ask({ chatType: 'search', features: thinking });
    const known = new Set(framingOf(recorded('sse/search-web.sse')));
    const framing = framingOf(answer.text);
    // The last page lists of the recording have one shape with ours when their texts are masked.
    expect(framing.filter((line) => !known.has(line))).toEqual([]);
    expect(framing.slice(-2)).toEqual(framingOf(recorded('sse/search-web.sse')).slice(-2));
  });

  it('of a streamed video has the keep-alive and the address', async () => {
    const answer = await client.ask({ chatType: 't2v', content: 'A boat' });
    const frames = framesOf(answer.text);
    expect(frames[1]?.['response.info']?.action).toBe('keep_alive');
    expect(deltasOf(answer.text)).toMatchObject([
      { phase: 'video_gen', status: 'typing', content: expect.stringMatching(/\.mp4\?key=/) },
      { phase: 'video_gen', status: 'finished', content: '' },
    ]);
  });

  it('separates events with an empty line, ends without [DONE], and says what it is', async () => {
    const answer = await client.ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.text).not.toContain('[DONE]');
    expect(answer.text.endsWith('\n\n')).toBe(true);
    expect(
      answer.text
        .trimEnd()
        .split('\n\n')
        .every((event) => /^data: \{.*\}$/.test(event)),
    ).toBe(true);
  });

  it('begins with response.created in its odd spacing and ends with two empty frames and the terminal one', async () => {
    const answer = await client.ask();
    expect(answer.text).toMatch(
      /^data: \{"response\.created":\{"chat_id": "[^"]+", "parent_id": "[^"]+", "response_id":"[^"]+", "response_index": "0"\}\}\n\n/,
    );
    const ends = deltasOf(answer.text).slice(-3);
    expect(ends.map(({ content, status }) => [content, status])).toEqual([
      ['', 'typing'],
      ['', 'typing'],
      ['', 'finished'],
    ]);
    expect(Object.keys(framesOf(answer.text).at(-1) ?? {})).toEqual(['choices', 'response_id']);
  });

  it('keeps text outside ASCII and quotes readable', async () => {
    const said = 'naïve 日本語 🙂 "quoted" \\back\\';
    const answer = await client.ask({ content: `repeat: ${said}` });
    expect(textOf(answer.text)).toBe(said);
    expect(answer.text).toContain('日本語');
  });

  it('lets the usage grow with each piece and adds up', async () => {
    const answer = await client.ask({ content: 'count to 20' });
    const usages = usagesOf(answer.text);
    const outputs = usages.map((usage) => usage.output_tokens);
    expect(outputs.slice(0, 20)).toEqual([...outputs.slice(0, 20)].sort((a, b) => a - b));
    expect(new Set(outputs.slice(0, 20)).size).toBe(20);
    for (const usage of usages) {
      expect(usage.total_tokens).toBe(usage.input_tokens + usage.output_tokens);
    }
    expect(outputs.at(-1)).toBe(outputs.at(-2));
  });

  it('re-sends cumulative summaries and counts reasoning in the output', async () => {
    const answer = await client.ask({ features: thinking });
    const thoughts = deltasOf(answer.text)
      .flatMap((delta) => delta.extra?.summary_thought ?? [])
      .map((list) => list.content);
    expect(thoughts.map((list) => list.length)).toEqual([1, 2, 2]);
    expect(thoughts[1]?.[0]).toBe(thoughts[0]?.[0]);
    const last = usagesOf(answer.text).at(-1);
    expect(last?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
    expect(last?.output_tokens_details.reasoning_tokens).toBeLessThan(last?.output_tokens ?? 0);
  });

  it('skips thinking for a model that cannot', async () => {
    const answer = await client.ask({ features: thinking, model: 'qwen3-coder-plus' });
    expect(framesOf(answer.text)[1]?.['response.info']?.action).toBe('skip_think');
    expect(answer.text).not.toContain('thinking_summary');
  });
});

describe('search', () => {
  it('numbers the pages so that used_id is the next free number', async () => {
    const answer = await client.ask({ chatType: 'search' });
    const found = deltasOf(answer.text).flatMap(({ role, extra }) => (role === 'function' ? [extra] : []));
    expect(found).toMatchObject([
      { tool_result: { used_id: 4, docs: { length: 3 } } },
      { tool_result: { used_id: 6, docs: { length: 2 } } },
    ]);
    expect(found[0]?.tool_result).toMatchObject({ docs: found[0]?.web_search_info });
  });

  it('tears its citations apart', async () => {
    const answer = await client.ask({ chatType: 'search' });
    expect(textOf(answer.text)).toContain('[[1]] [[5]].');
    expect(piecesOf(answer.text).some((piece) => piece.includes(']]') && piece.includes('[['))).toBe(false);
  });

  it('does not happen in a plain chat', async () => {
    const answer = await client.ask({ features: { ...fast, auto_search: true } });
    expect(answer.text).not.toContain('web_search');
  });
});
