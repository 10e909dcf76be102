import { describe, expect, it } from 'vitest';
import type { ChatEvent, FinishEvent } from '../../../shared/chat/event.ts';
import { AnswerTranscript } from '../../../shared/threads/answer-transcript.ts';
import { readToolCalls } from '../../../shared/tools/read-tool-calls.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';

const thinking: ChatEvent = { type: 'reasoning-delta', text: 'hm' };

async function messageAfter(written: readonly ChatEvent[], given: readonly ChatEvent[] = written) {
  const transcript = new AnswerTranscript();
  await Array.fromAsync(transcript.listen(eventsOf([written])));
  for (const event of given) transcript.give(event);
  return transcript.message();
}

describe('AnswerTranscript', () => {
  it('tells an answer that is the same upstream and at its caller', async () => {
    const message = await messageAfter([start, thinking, text('Hel'), text('lo.\n'), finish]);
    expect(message).toEqual({ role: 'assistant', content: 'Hello.', toolCalls: [] });
  });

  it.each<[string, readonly ChatEvent[], readonly ChatEvent[]]>([
    ['cut by its limit', [text('a b'), finish], [text('a'), { type: 'finish', reason: 'length' }]],
    ['withheld by the filter', [text('a')], [text('a'), { type: 'finish', reason: 'content-filter' }]],
    ['ended by a stop sequence', [text('a')], [text('a'), { type: 'finish', reason: 'stop', stopSequence: 'b' }]],
    ['without its fence', [text('```\n{}\n```'), finish], [text('{}'), finish]],
    [
      'that goes on behind thinking',
      [text('a'), thinking, text('b'), finish],
      [text('a'), thinking, text('b'), finish],
    ],
    ['with a picture', [text('a')], [text('a'), { type: 'image', url: 'x' }, finish]],
    ['that never ended', [text('a')], [text('a')]],
  ])('tells nothing of one %s', async (_what, written, given) => {
    expect(await messageAfter(written, given)).toBeUndefined();
  });
});

describe('AnswerTranscript of an answer with calls', () => {
  const tool = { name: 'look', description: '', parameters: {}, input: 'json' } as const;
  const call = '[tool_call]\n{"name": "look", "arguments": {"path": "a"}}\n[/tool_call]';

  async function messageOf(words: string, parallel = true) {
    const use = { definitions: [tool], choice: { type: 'auto' }, parallel } as const;
    const transcript = new AnswerTranscript();
    const said = readToolCalls(transcript.listen(eventsOf([[start, text(words), finish]])), use);
    for await (const batch of said) for (const event of batch) transcript.give(event);
    return transcript.message();
  }

  it('tells words and calls', async () => {
    const message = await messageOf(`I look.\n\n${call}\n`);
    expect(message).toMatchObject({ content: 'I look.', toolCalls: [{ name: 'look', arguments: '{"path":"a"}' }] });
    expect((await messageOf(`${call}\n\n${call}`))?.toolCalls).toHaveLength(2);
  });

  it.each([
    ['words behind a call', `${call}\nIt says hello.`, true],
    ['a call that only one was asked for', `${call}\n${call}`, false],
    ['a result that it has made up', `${call}\n[tool_result]\nhello\n[/tool_result]`, true],
  ])('tells nothing when the model wrote %s', async (_what, words, parallel) => {
    expect(await messageOf(words, parallel)).toBeUndefined();
  });

  it('is told by the end of the answer', async () => {
    const use = { definitions: [tool], choice: { type: 'auto' }, parallel: true } as const;
    const endOf = async (words: string): Promise<FinishEvent | undefined> => {
      const events = (await Array.fromAsync(readToolCalls(eventsOf([[text(words), finish]]), use))).flat();
      return events.findLast((event) => event.type === 'finish');
    };
    expect(await endOf(call)).toEqual({ type: 'finish', reason: 'tool-calls' });
    expect(await endOf(`${call} and more`)).toEqual({ type: 'finish', reason: 'tool-calls', omits: true });
  });
});
