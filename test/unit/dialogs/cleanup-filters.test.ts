import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptChat, placeOf } from '../../../shared/chats/chat-row.ts';
import { type CleanupFilters, chooseChats } from '../../../shared/dialogs/cleanup/cleanup-filters.ts';

const now = 1_000_000;

function chat(number: number, usedAt: number, userMessages: number, messages: number): KeptChat {
  const chatId = `chat-${number}`;
  const owner = { accountId: 'a', keyId: 'k', responseId: 'r', model: 'm', title: undefined };
  const place = placeOf(usedAt, chatId);
  return { ...owner, chatId, place, usedAt, createdAt: 0, userMessages, messages, deletedAt: undefined };
}

const chats = fc
  .array(fc.tuple(fc.nat({ max: now }), fc.nat({ max: 8 }), fc.nat({ max: 8 })), { maxLength: 30 })
  .map((made) =>
    made
      .map(([usedAt, userMessages, more], number) => chat(number, usedAt, userMessages, userMessages + more))
      .toSorted((left, right) => (left.place < right.place ? 1 : -1)),
  );
const limit = (max: number) => fc.option(fc.nat({ max }), { nil: undefined });
const filters = fc.record({
  olderThan: limit(now),
  userMessageCountLessThan: limit(9),
  messageCountLessThan: limit(17),
  maxChats: limit(31),
});
const ids = (list: readonly KeptChat[]) => list.map(({ chatId }) => chatId).toSorted();
const given = (all: { [Name in keyof CleanupFilters]: number | undefined }): CleanupFilters =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));

describe('chooseChats', () => {
  it('chooses what any given filter chooses, and nothing else', () => {
    fc.assert(
      fc.property(chats, filters, (list, all) => {
        const { olderThan = now, userMessageCountLessThan = 0, messageCountLessThan = 0, maxChats = 99 } = all;
        const goes = list.filter(
          ({ usedAt, userMessages, messages }, place) =>
            usedAt < now - olderThan ||
            userMessages < userMessageCountLessThan ||
            messages < messageCountLessThan ||
            place >= maxChats,
        );
        expect(ids(chooseChats(list, given(all), now).map((chosen) => chosen.chat))).toEqual(ids(goes));
      }),
    );
  });

  it('does with several what they do one after the other', () => {
    fc.assert(
      fc.property(chats, filters, (list, all) => {
        const alone = Object.entries(given(all)).flatMap(([name, value]) =>
          chooseChats(list, { [name]: value }, now).map((chosen) => chosen.chat.chatId),
        );
        const together = chooseChats(list, given(all), now).map((chosen) => chosen.chat);
        expect(ids(together)).toEqual([...new Set(alone)].toSorted());
      }),
    );
  });

  it('tells why, and begins with what was used longest ago', () => {
    const list = [chat(1, 900, 5, 10), chat(2, 500, 1, 2), chat(3, 100, 4, 4)];
    expect(chooseChats(list, { olderThan: 600, userMessageCountLessThan: 2, messageCountLessThan: 5 }, 1000)).toEqual([
      { chat: list[2], because: ['olderThan', 'messageCountLessThan'] },
      { chat: list[1], because: ['userMessageCountLessThan', 'messageCountLessThan'] },
    ]);
    expect(chooseChats(list, {}, 1000)).toEqual([]);
    expect(chooseChats(list, { maxChats: 0 }, 1000)).toHaveLength(3);
  });
});
