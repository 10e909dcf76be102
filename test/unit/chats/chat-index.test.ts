import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
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
    expect(test.sent).toEqual(['UpdateItemCommand', 'UpdateItemCommand', 'GetItemCommand']);
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

  it('takes a broken row for none', async () => {
    await test.table.put(chatKey('chat-1'), { keyId: 'key-a', ttl: time });
    expect(await chats.find('chat-1', admin)).toBeUndefined();
    await test.table.put(chatKey('chat-1'), { ...entry });
    expect(await chats.find('chat-1', admin)).toBeUndefined();
  });
});
