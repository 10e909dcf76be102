import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
import { ChatLists } from '../../../shared/chats/chat-lists.ts';
import type { Table } from '../../../shared/store/table.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const day = 24 * 3600 * 1000;
const keys = ['key-a', 'key-b', 'key-c'];
let dynalite: DynaliteServer;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

/** An index with a clock that never stands still. */
function open(table: Table) {
  const clock = { time: Date.UTC(2026, 10, 21) };
  const chats = new ChatIndex(table, () => clock.time);
  const lists = new ChatLists(table, () => clock.time);
  const use = async (chat: number) => {
    clock.time += 1;
    const keyId = keys[chat % keys.length] ?? '';
    const chatId = `chat-${chat}`;
    await chats.remember({ chatId, accountId: 'account', responseId: 'r', model: 'm', keyId });
  };
  const remove = (chat: number) =>
    chats.bury({ chatId: `chat-${chat}`, accountId: 'account', responseId: 'r', model: 'm', keyId: '' });
  return { clock, chats, lists, use, remove };
}

describe('ChatLists', () => {
  it('gives each caller the lists that are theirs', async () => {
    const { lists, use } = open((await dynalite.newTable()).table);
    for (const chat of [0, 1, 2]) await use(chat);
    expect(await lists.ownersFor({ id: 'key-a', role: 'user' })).toEqual(['key-a']);
    expect(await lists.ownersFor({ id: 'x', role: 'user', tokens: [{ id: 't1' }, { id: 't2' }] })).toEqual([
      't1',
      't2',
    ]);
    expect((await lists.ownersFor({ id: 'key-z', role: 'admin' })).toSorted()).toEqual(keys);
  });

  it('keeps the lists of brought tokens from admins', async () => {
    const { chats, lists } = open(new MemoryTable());
    await chats.remember({ chatId: 'c', accountId: 'token', responseId: 'r', model: 'm', keyId: 'token' });
    expect(await lists.owners()).toEqual([]);
    expect(await lists.all(['token'])).toMatchObject([{ chatId: 'c' }]);
  });

  it('leaves out what is forgotten, and goes on knowing its owner as long as there is a chat', async () => {
    const { clock, lists, use } = open(new MemoryTable());
    await use(0);
    clock.time += 29 * day;
    await use(3);
    clock.time += 2 * day;
    expect((await lists.all(await lists.owners())).map(({ chatId }) => chatId)).toEqual(['chat-3']);
  });

  it('reads lists of more than one call', async () => {
    const { lists, use } = open(new MemoryTable());
    for (let chat = 0; chat < 90; chat += 3) await use(chat);
    expect(await lists.all(['key-a'])).toHaveLength(30);
  });

  /** What happens between two pages, by the number of a chat: it is used, or deleted. */
  const events = fc.array(fc.record({ chat: fc.nat({ max: 19 }), act: fc.constantFrom('use', 'use', 'delete') }), {
    maxLength: 4,
  });

  it.each([
    ['in memory', 200, () => Promise.resolve<Table>(new MemoryTable())],
    ['in dynalite', 5, async () => (await dynalite.newTable()).table],
  ])(
    'pages while chats are used and deleted: nothing twice, and whatever rests exactly once, %s',
    async (_, runs, newTable) => {
      const histories = fc.tuple(
        fc.array(fc.nat({ max: 14 }), { maxLength: 40 }),
        fc.array(events),
        fc.integer({ min: 1, max: 6 }),
      );
      await fc.assert(
        fc.asyncProperty(histories, async ([before, meanwhile, limit]) => {
          const { lists, use, remove } = open(await newTable());
          for (const chat of before) await use(chat);
          const rests = new Set(before);
          const seen: string[] = [];
          const pending = meanwhile.values();
          let cursor: string | undefined;
          for (;;) {
            const page = await lists.page(keys, { limit, before: cursor });
            expect(page.map(({ place }) => place)).toEqual(
              page
                .map(({ place }) => place)
                .toSorted()
                .reverse(),
            );
            seen.push(...page.map(({ chatId }) => chatId));
            cursor = page.at(-1)?.place;
            if (page.length < limit) break;
            for (const { chat, act } of pending.next().value ?? []) {
              rests.delete(chat);
              if (act === 'use') await use(chat);
              else await remove(chat);
            }
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining([...rests].map((chat) => `chat-${chat}`)));
        }),
        { numRuns: runs },
      );
    },
  );
});
