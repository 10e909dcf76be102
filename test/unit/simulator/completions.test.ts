import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { splitText } from '../../../local/simulator/answers/split-text.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { deltasOf, piecesOf, textOf } from './read-frames.ts';
import { completionBody, fast, SimulatorClient, thinking } from './simulator-client.ts';

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

async function reply(content: string): Promise<string> {
  return textOf((await client.ask({ content })).text);
}

describe('body checks', () => {
  const url = '/api/v2/chat/completions?chat_id=';
  const single = completionBody();

  it.each([
    ['no model', { messages: [{}] }, 'RequestValidationError', 'Field required'],
    ['two messages', { model: 'qwen3.7-plus', messages: [{}, {}] }, 'Bad_Request', 'Invalid input too many messages'],
    ['an unknown model', { ...single, model: 'qwen-max-latest' }, 'Not_Found', 'Model not found'],
    ['a retired model', { ...single, model: 'qwen-retired-test' }, 'Not_Found', 'Model not found'],
  ])('refuse %s', async (_, body, code, details) => {
    const answer = await client.call('POST', url + (await client.createChat()), body);
    expect(answer.json).toMatchObject({ success: false, data: { code, details: expect.stringContaining(details) } });
    expect(answer.status).toBe(200);
  });

  it('give a large body to the WAF, counted in bytes', async () => {
    const chat = await client.createChat();
    const empty = Buffer.byteLength(JSON.stringify(completionBody({ content: '' })));
    const fits = '日'.repeat(Math.floor((117_000 - empty) / 3));
    expect((await client.complete(chat, { content: fits })).headers.get('content-type')).toContain('text/event-stream');
    const answer = await client.complete(chat, { content: `${fits}日` });
    expect(answer.json).toMatchObject({ ret: ['FAIL_SYS_USER_VALIDATE', expect.stringMatching(/^RGV587_ERROR/)] });
  });

  it('let the role system finish without text', async () => {
    const answer = await client.ask({ role: 'system' });
    expect(deltasOf(answer.text)).toEqual([{ content: '', role: 'assistant', status: 'finished', phase: 'answer' }]);
  });

  it('take content in parts', async () => {
    const content = [
      { type: 'text', text: 'repeat: ' },
      { type: 'text', text: 'both parts' },
    ];
    expect(textOf((await client.ask({ content })).text)).toBe('both parts');
  });
});

describe('reply', () => {
  it('tells what the model saw', async () => {
    const plain = await reply('Good morning');
    expect(plain).toContain('You said: "Good morning"');
    expect(plain).toContain('answering as qwen3.7-plus with thinking off and search off');
    const file = { type: 'image', url: 'https://cdn.qwenlm.ai/output/x/circle.png?key=K' };
    const full = await client.ask({ features: thinking, chatType: 'search', files: [file] });
    expect(textOf(full.text)).toContain('with thinking on and search on');
    expect(textOf(full.text)).toContain('With it came: circle.png (image).');
  });

  it('leaves the middle of a long message out', async () => {
    const text = await reply(`begin ${'x'.repeat(5000)} end`);
    expect(text).toContain('"begin xxx');
    expect(text).toContain('xxx end"');
    expect(text.length).toBeLessThan(600);
  });

  it.each([
    ['repeat: X', 'X'],
    ['repeat: two\nlines', 'two\nlines'],
    ['repeat: count to 3', 'count to 3'],
    ['Please:\nrepeat: old\nor rather\nrepeat: new\nand nothing else.', 'new'],
    ['repeat: bare\n\nAnswer with JSON only.', 'bare'],
    ['count to 1', '1'],
    ['Please count to 12.', '1 2 3 4 5 6 7 8 9 10 11 12'],
    ['First\ncount to 3\nrepeat: no, this', 'no, this'],
  ])('to %j is %j', async (content, expected) => {
    expect(await reply(content)).toBe(expected);
  });

  it('counts with one number per piece', async () => {
    expect(piecesOf((await client.ask({ content: 'count to 100' })).text)).toHaveLength(100);
  });

  it('is the same for the same message', async () => {
    expect(await reply('Anything')).toBe(await reply('Anything'));
  });

  it('repeats any text exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (text) => {
        expect(await reply(`repeat: ${text}`)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('understands a conversation that was folded into the message', async () => {
    const fold = (last: string) =>
      `Lines with #m# part messages.\n\n#m# instructions\nBe brief.\n#m# user\nrepeat: I like tea\n#m# assistant\nI like tea\n#m# user\n${last}\n#m# end\n\nAnswer the last one.`;
    expect(await reply(fold('What did I say?'))).toBe('Earlier you said: "repeat: I like tea".');
    expect(await reply(fold('repeat: two\nlines'))).toBe('two\nlines');
    const greeting = await reply(fold('Good morning'));
    expect(greeting).toContain('You said: "Good morning"');
    expect(greeting).toContain('I was given instructions');
  });

  it('takes a lone closing line for what it is', async () => {
    expect(await reply('the end\nthe end')).toContain('You said: "the end\nthe end"');
  });

  it('is a fenced JSON block when the message speaks of JSON', async () => {
    const text = await reply('Answer in JSON, please');
    expect(text).toMatch(/^```json\n[\s\S]*\n```$/);
    expect(JSON.parse(text.slice(7, -3))).toEqual({ simulator: true, you_said: 'Answer in JSON, please' });
  });

  it('fits the schema in the message', async () => {
    const schema = z.strictObject({
      name: z.string(),
      count: z.int().min(3),
      kind: z.enum(['tea', 'coffee']),
      done: z.boolean(),
      note: z.string().nullable(),
      steps: z.array(z.strictObject({ title: z.string(), braces: z.literal('{"not": a brace}') })),
    });
    const text = await reply(
      `Look at {this}. Bare JSON only, after the schema:\n${JSON.stringify(z.toJSONSchema(schema))}\nGo.`,
    );
    expect(schema.parse(JSON.parse(text.slice(7, -3))).kind).toBe('tea');
  });

  it('is not slow for a text full of braces', async () => {
    expect(await reply(`JSON ${'{'.repeat(100_000)}`)).toContain('```json');
  });
});

describe('splitText', () => {
  it('loses nothing, tears no character and leaves no citation whole', () => {
    const unit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' [[1]]', '[[12]]', '\n', '🙂'.repeat(40)));
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = units.join(' ');
        const pieces = [...splitText(text)];
        expect(pieces.join('')).toBe(text);
        expect(pieces).not.toContain('');
        for (const piece of pieces) {
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
    );
    expect([...splitText('so [[12]].')]).toEqual(['so', ' [[1', '2]].']);
  });
});

describe('script', () => {
  it('gives exactly the pieces it holds, before the simulator speaks for itself again', async () => {
    simulator.control.script({ text: ['Hel', 'lo', ' there'], reasoning: ['first', 'second'] });
    const answer = await client.ask({ features: fast });
    expect(piecesOf(answer.text)).toEqual(['Hel', 'lo', ' there']);
    const thoughts = deltasOf(answer.text).flatMap((delta) => delta.extra?.summary_thought?.content ?? []);
    expect(thoughts).toEqual(['first', 'first', 'second', 'first', 'second']);
    expect(await reply('repeat: free')).toBe('free');
  });

  it('is for one account or model when it says so', async () => {
    simulator.control.accounts.add({ email: 'other@example.com', password: 'x' });
    simulator.control.script({ text: 'for other', account: 'other@example.com' });
    simulator.control.script({ text: 'for max', model: 'qwen3.7-max' });
    expect(await reply('repeat: mine')).toBe('mine');
    expect(textOf((await client.ask({ model: 'qwen3.7-max' })).text)).toBe('for max');
    expect(textOf((await new SimulatorClient(simulator, 'other@example.com').ask()).text)).toBe('for other');
  });

  it('plays as often as it says', async () => {
    simulator.control.script({ text: 'thrice', times: 3 });
    const replies = [
      await reply('repeat: a'),
      await reply('repeat: b'),
      await reply('repeat: c'),
      await reply('repeat: d'),
    ];
    expect(replies).toEqual(['thrice', 'thrice', 'thrice', 'd']);
    simulator.control.script({ text: 'ever', times: 'always' });
    expect([await reply('repeat: e'), await reply('repeat: f')]).toEqual(['ever', 'ever']);
  });

  it('gives raw bytes as they are', async () => {
    const raw = ['data: {"odd": tr', 'ue}\n\n: bye\n'];
    simulator.control.script({ raw });
    expect((await client.ask()).text).toBe(raw.join(''));
  });

  it('gives a long answer in bulk', async () => {
    simulator.control.script({ bulk: { chunks: 20_000, chunkText: 'tok ' } });
    const answer = await client.ask();
    expect(textOf(answer.text)).toBe('tok '.repeat(20_000));
    expect(simulator.control.chats(client.email)[0]?.messages.at(-1)?.content).toHaveLength(80_000);
  });

  it('takes its time when told so', async () => {
    simulator.control.pace(1);
    expect(await reply('count to 5')).toBe('1 2 3 4 5');
    const response = await client.openCompletion(await client.createChat(), { content: 'count to 3' });
    const reads: string[] = [];
    for await (const bytes of response.body ?? []) {
      reads.push(Buffer.from(bytes).toString());
    }
    expect(reads.length).toBeGreaterThan(1);
    expect(textOf(reads.join(''))).toBe('1 2 3');
  });
});
