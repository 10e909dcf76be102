import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startSimulator } from '../../../local/simulator/simulator.ts';
import { responseIdOf, textOf } from './read-frames.ts';
import { SimulatorClient } from './simulator-client.ts';

/** A chat as it ought to be: what was said on the way to the newest message. */
interface ExpectedChat {
  readonly id: string;
  said: string[];
  lastResponse: string | null;
}

const step = fc.record({
  act: fc.constantFrom('create', 'say', 'say', 'say', 'delete', 'branch'),
  which: fc.nat({ max: 5 }),
  words: fc.stringMatching(/^[a-z]{1,8}$/),
});

it('chats remember, forget and list as a simple model of them does, whatever is done to them', async () => {
  const simulator = await startSimulator();
  const client = new SimulatorClient(simulator);

  async function apply(
    chats: ExpectedChat[],
    { act, which, words }: typeof step extends fc.Arbitrary<infer S> ? S : never,
  ) {
    const chat = chats[which % Math.max(1, chats.length)];
    if (act === 'create' || chat === undefined) {
      chats.unshift({ id: await client.createChat(), said: [], lastResponse: null });
    } else if (act === 'delete') {
      await client.call('DELETE', `/api/v2/chats/${chat.id}`);
      chats.splice(chats.indexOf(chat), 1);
      expect((await client.complete(chat.id)).json).toMatchObject({ data: { code: 'CHAT_NOT_FOUND' } });
    } else {
      const parentId = act === 'branch' ? null : chat.lastResponse;
      const answer = await client.complete(chat.id, { content: words, parentId });
      chat.said = act === 'branch' ? [words] : [...chat.said, words];
      chat.lastResponse = responseIdOf(answer.text);
    }
  }

  async function check(chats: readonly ExpectedChat[]): Promise<void> {
    const list = await client.call('GET', '/api/v2/chats/');
    expect(list.json).toMatchObject({ data: chats.map(({ id }) => ({ id })) });
    for (const { id, said, lastResponse } of chats) {
      const recall = await client.complete(id, { content: 'What did I say?', parentId: lastResponse });
      const expected = said.map((words) => `"${words}"`).join('; ');
      expect(textOf(recall.text)).toBe(
        said.length === 0 ? 'You said nothing before this.' : `Earlier you said: ${expected}.`,
      );
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      simulator.control.reset();
      const chats: ExpectedChat[] = [];
      for (const next of steps) {
        await apply(chats, next);
      }
      await check(chats);
      expect(simulator.control.violations()).toEqual([]);
    }),
    { numRuns: 25 },
  );
  await simulator.close();
});
