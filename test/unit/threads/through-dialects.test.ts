import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../shared/chat/dialect.ts';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { dialects } from '../../../shared/dialects/registry.ts';
import { AnswerTranscript } from '../../../shared/threads/answer-transcript.ts';
import { ConversationChain } from '../../../shared/threads/conversation-chain.ts';
import { eventsOf, finish, start } from '../../support/chat-events.ts';
import { allConversing } from '../../support/conversing/all-conversing.ts';
import type { AskedConversation, Conversing, ReadAnswer } from '../../support/conversing/conversing.ts';
import { conversingModel } from '../../support/conversing/conversing.ts';

const settings = { outputThinking: true, searchInfoMode: 'annotations', defaultModel: conversingModel } as const;
const tools = ['look', 'write'].map((name) => ({
  name,
  parameters: { type: 'object', properties: { path: { type: 'string' }, all: { type: 'boolean', default: false } } },
}));
const entries: [DialectName, Conversing][] = [
  ['openai-chat', allConversing['openai-chat']],
  ['openai-responses', allConversing['openai-responses']],
  ['anthropic', allConversing.anthropic],
  ['gemini', allConversing.gemini],
  ['native', allConversing.native],
];

const words = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.trim() !== '');
const name = fc.constantFrom('look', 'write');
const value = fc.jsonValue({ maxDepth: 2, noUnicodeString: false });
const input = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  value,
  { maxKeys: 4 },
);
const answers = fc
  .record({
    thinking: fc.option(words, { nil: undefined }),
    text: fc.option(words, { nil: undefined }),
    calls: fc.array(fc.record({ name, input }), { maxLength: 3 }),
  })
  .filter(({ text, calls }) => text !== undefined || calls.length > 0);

type Answer = typeof answers extends fc.Arbitrary<infer Made> ? Made : never;

let ids = 0;

function eventsFor({ thinking, text, calls }: Answer): readonly ChatEvent[] {
  const called = calls.flatMap((call): readonly ChatEvent[] => {
    ids += 1;
    return [
      { type: 'tool-call-start', id: `call_${ids}`, name: call.name, input: 'json' },
      { type: 'tool-call-delta', text: JSON.stringify(call.input) },
      { type: 'tool-call-end' },
    ];
  });
  return [
    start,
    ...(thinking === undefined ? [] : [{ type: 'reasoning-delta', text: thinking } as const]),
    ...(text === undefined ? [] : [{ type: 'text-delta', text } as const]),
    ...called,
    calls.length > 0 ? { type: 'finish', reason: 'tool-calls' } : finish,
  ];
}

/** An answer as it goes out through a dialect, and what the gateway notes of it. */
async function give(dialect: DialectName, conversing: Conversing, asked: AskedConversation, answer: Answer) {
  const events = eventsFor(answer);
  const transcript = new AnswerTranscript();
  await Array.fromAsync(transcript.listen(eventsOf([events])));
  for (const event of events) transcript.give(event);
  const writer = read(dialect, conversing, asked).wholeWriter({
    id: 'id',
    createdAt: 0,
    model: conversingModel,
    requestId: 'r',
  });
  writer.write(events);
  return { given: conversing.read(JSON.stringify(writer.body())), message: transcript.message() };
}

function read(dialect: DialectName, conversing: Conversing, asked: AskedConversation) {
  const context = { parameters: { modelAndMethod: `${conversingModel}:generateContent` }, query: {}, headers: {} };
  return dialects[dialect].create(settings).read(JSON.parse(JSON.stringify(conversing.body(asked))), context);
}

function chainOf(dialect: DialectName, conversing: Conversing, asked: AskedConversation): ConversationChain {
  const { request } = read(dialect, conversing, asked);
  const seed = { callerId: 'key', model: request.model, tools: request.tools, format: request.format };
  return new ConversationChain({ ...seed, search: false, life: 'single-answer' }, request.messages);
}

/** What a client sends after an answer: the results of its calls, or the user's next words. */
function next(conversing: Conversing, { calls }: ReadAnswer): readonly unknown[] {
  return calls.length === 0
    ? conversing.user('go on')
    : conversing.results(calls.map((call, index) => ({ call, text: `result ${index}` })));
}

describe.each(entries)('a conversation through %s', (dialect, conversing) => {
  it('has the hash that was noted after the answer, turn by turn', async () => {
    await fc.assert(
      fc.asyncProperty(words, words, answers, answers, async (system, question, one, other) => {
        const first = { system, tools, history: conversing.user(question) };
        const second = await follow(dialect, conversing, first, one);
        const third = await follow(dialect, conversing, second, other);
        expect(chainOf(dialect, conversing, first).known).toBeUndefined();
        expect(chainOf(dialect, conversing, third).known).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });

  it('has another hash after any edit', async () => {
    const calling = {
      thinking: undefined,
      text: 'I look.',
      calls: [{ name: 'look' as const, input: { path: 'a', all: true } }],
    };
    const first = { system: 'Be brief.', tools, history: conversing.user('look at a') };
    const { given, message } = await give(dialect, conversing, first, calling);
    if (message === undefined) throw new Error('nothing was noted');
    const noted = chainOf(dialect, conversing, first).after(message);
    const history = [...first.history, ...given.items, ...next(conversing, given)];
    const whole = { system: first.system, history };
    expect(chainOf(dialect, conversing, { ...whole, tools }).known).toBe(noted);
    const edits: readonly [string, string][] = [
      ['Be brief.', 'Be brief!'],
      ['look at a', 'look at a '],
      ['I look.', 'I looked.'],
      ['true', 'false'],
      ['{\\\\?"path\\\\?":\\\\?"a', '$&b'],
      ['"name":"look"', '"name":"write"'],
    ];
    for (const [from, to] of edits) {
      const edited = JSON.stringify(whole).replaceAll(new RegExp(from, 'g'), to);
      expect(edited, from).not.toBe(JSON.stringify(whole));
      expect(chainOf(dialect, conversing, { ...JSON.parse(edited), tools }).known, from).not.toBe(noted);
    }
  });
});

/** Gives an answer, and has the client go on behind it; the hashes must meet. */
async function follow(
  dialect: DialectName,
  conversing: Conversing,
  asked: AskedConversation,
  answer: Answer,
): Promise<AskedConversation> {
  const { given, message } = await give(dialect, conversing, asked, answer);
  if (message === undefined) throw new Error('nothing was noted');
  const further = { ...asked, history: [...asked.history, ...given.items, ...next(conversing, given)] };
  expect(chainOf(dialect, conversing, further).known).toBe(chainOf(dialect, conversing, asked).after(message));
  return further;
}
