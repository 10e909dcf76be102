import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
import { ChatLists } from '../../../shared/chats/chat-lists.ts';
import { TemporaryChats } from '../../../shared/chats/temporary-chats.ts';
import { chatKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

const day = 24 * 3600 * 1000;
const entry = { chatId: 'chat-1', accountId: 'account-1', responseId: 'response-1', model: 'qwen', keyId: 'key-a' };
const owner = { id: 'key-a', role: 'user' } as const;
const stranger = { id: 'key-b', role: 'user' } as const;
const admin = { id: 'key-c', role: 'admin' } as const;
let dynalite: DynaliteServer;
let test: TestTable;
let chats: ChatIndex;
let time: number;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  test = await dynalite.newTable();
  time = Date.UTC(2026, 10, 21);
  chats = new ChatIndex(test.table, () => time);
});
afterAll(() => dynalite.close());

describe('ChatIndex', () => {
  it('gives a chat to the key that began it, and to admins', async () => {
    await chats.remember(entry);
    expect(await chats.find('chat-1', owner)).toEqual(entry);
    expect(await chats.find('chat-1', admin)).toEqual(entry);
  });

  it('gives it to nobody else', async () => {
    await chats.remember(entry);
    expect(await chats.find('chat-1', stranger)).toBeUndefined();
    expect(await chats.find('chat-2', owner)).toBeUndefined();
  });

  it('notes each turn with one write', async () => {
    await chats.remember(entry);
    await chats.remember({ ...entry, responseId: 'response-2', model: 'other' });
    expect(await chats.find('chat-1', owner)).toMatchObject({ responseId: 'response-2', model: 'other' });
    // The owner is noted once a day.
    expect(test.sent.toSorted()).toEqual([
      'GetItemCommand',
      'PutItemCommand',
      'UpdateItemCommand',
      'UpdateItemCommand',
    ]);
  });

  it('leaves the chat to its owner when an admin goes on with it', async () => {
    await chats.remember(entry);
    await chats.remember({ ...entry, responseId: 'response-2', keyId: admin.id });
    expect(await chats.find('chat-1', owner)).toMatchObject({ responseId: 'response-2', keyId: 'key-a' });
  });

  it('forgets 30 days after the last turn, whether or not the row was deleted', async () => {
    await chats.remember(entry);
    time += 20 * day;
    await chats.remember(entry);
    time += 30 * day - 1;
    expect(await chats.find('chat-1', owner)).toBeDefined();
    time += 1001;
    expect(await chats.find('chat-1', owner)).toBeUndefined();
    expect(await test.table.get(chatKey('chat-1'))).toMatchObject({ ttl: Date.UTC(2027, 0, 10) / 1000 });
  });

  it('counts turns, and believes the upstream more', async () => {
    await chats.begin(entry, 'Boats');
    expect(await chats.look('chat-1', owner)).toMatchObject({ title: 'Boats', userMessages: 0, messages: 0 });
    time += 5;
    await chats.remember(entry);
    await chats.remember({ ...entry, responseId: 'response-2' });
    expect(await chats.look('chat-1', owner)).toMatchObject({
      title: 'Boats',
      createdAt: time - 5,
      usedAt: time,
      userMessages: 2,
      messages: 4,
    });
    await chats.correct(entry, { title: 'Ships', userMessages: 7, messages: 12 });
    await chats.remember(entry);
    expect(await chats.look('chat-1', owner)).toMatchObject({ title: 'Ships', userMessages: 8, messages: 14 });
  });

  it('does not let a turn that ends late bring back a deleted chat, and forgets it after a day', async () => {
    await chats.remember(entry);
    await chats.bury(entry);
    await chats.remember({ ...entry, responseId: 'late' });
    await chats.rememberTemporary({ chatId: 'chat-1', accountId: 'account-1', dueAt: time });
    await chats.rename(entry, 'Late');
    await chats.correct(entry, { title: 'Late', userMessages: 1, messages: 2 });
    expect(await chats.find('chat-1', owner)).toBeUndefined();
    expect(await chats.look('chat-1', owner)).toMatchObject({ deletedAt: time, title: undefined, messages: 2 });
    expect(await new ChatLists(test.table, () => time).all(['key-a'])).toEqual([]);
    time += day + 1000;
    expect(await chats.look('chat-1', owner)).toBeUndefined();
  });

  it('knows temporary chats without giving them to anybody, and lists them until they are kept', async () => {
    const temporary = new TemporaryChats(test.table, () => time);
    await chats.rememberTemporary({ chatId: 'chat-1', accountId: 'account-1', dueAt: time + 10 });
    expect(await chats.knows('chat-1')).toBe(true);
    expect(await chats.find('chat-1', admin)).toBeUndefined();
    expect(await temporary.due(5)).toEqual([]);
    time += 11;
    expect(await temporary.due(5)).toMatchObject([{ chatId: 'chat-1', accountId: 'account-1' }]);
    await chats.remember(entry);
    expect(await temporary.due(5)).toEqual([]);
    expect(await chats.find('chat-1', owner)).toEqual(entry);
    expect(await new ChatLists(test.table, () => time).all(['key-a'])).toMatchObject([{ chatId: 'chat-1' }]);
  });

  it('drops a temporary chat only as long as nobody gives it more time', async () => {
    const temporary = new TemporaryChats(test.table, () => time);
    await chats.rememberTemporary({ chatId: 'chat-1', accountId: 'account-1', dueAt: time - 1 });
    const [due] = await temporary.due(5);
    const taken = due && (await temporary.postpone(due, 1000));
    if (due === undefined || taken === undefined) throw new Error('nothing is due');
    expect(await temporary.postpone(due, 2000)).toBeUndefined();
    await chats.rememberTemporary({ chatId: 'chat-1', accountId: 'account-1', dueAt: time + day });
    await temporary.drop(taken);
    expect(await chats.knows('chat-1')).toBe(true);
  });

  it('takes a broken row for none', async () => {
    await test.table.put(chatKey('chat-1'), { keyId: 'key-a', ttl: time });
    expect(await chats.find('chat-1', admin)).toBeUndefined();
    await test.table.put(chatKey('chat-1'), { ...entry });
    expect(await chats.find('chat-1', admin)).toBeUndefined();
  });
});
