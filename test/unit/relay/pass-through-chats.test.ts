import { describe, expect, it } from 'vitest';
import { CallerToken, callerIdOf } from '../../../shared/chat/caller-token.ts';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
import type { Caller } from '../../../shared/http/invocation.ts';
import { AnswerRecord } from '../../../shared/relay/answer-record.ts';
import { nameConversation } from '../../../shared/relay/conversation-name.ts';
import { findThread, ownerOf, rememberChat } from '../../../shared/relay/owned-thread.ts';
import { chatKey } from '../../../shared/store/keys.ts';
import { eventsOf } from '../../support/chat-events.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const bringing = (...names: string[]): Caller & { readonly tokens: readonly CallerToken[] } => {
  const tokens = names.map((name) => new CallerToken(name));
  return { id: callerIdOf(tokens), role: 'user', tokens };
};
const never = () => Promise.reject(new Error('not to be called'));

describe('chats of brought tokens', () => {
  const [mine, other, both] = [bringing('mine'), bringing('other'), bringing('other', 'mine')];
  const mineId = new CallerToken('mine').id;

  async function remembered(caller: Caller) {
    const table = new MemoryTable();
    const chats = new ChatIndex(table);
    const lease = { accountId: mineId, kind: 'chat', credentials: { token: 'mine' } } as const;
    const served = {
      lease: { ...lease, settle: never, release: () => undefined, renew: never },
      answer: { chatId: 'chat', ownsChat: true, events: eventsOf([]), stop: never },
      events: eventsOf([]),
      record: new AnswerRecord(),
      callFormat: 'bracket' as const,
    };
    await rememberChat('qwen', caller, chats)(served);
    const find = (reader: Caller) => findThread({ chatId: 'chat' }, reader, chats);
    return { row: table.peek(chatKey('chat')), find };
  }

  it('belong to the token that made them, whatever was sent with it', async () => {
    const { find } = await remembered(both);
    expect(await find(mine)).toMatchObject({ accountId: mineId });
    expect(await find(both)).toMatchObject({ accountId: mineId });
    await expect(find(other)).rejects.toMatchObject({ status: 404, code: 'chat_not_found' });
    await expect(find({ id: 'key-1', role: 'user' })).rejects.toMatchObject({ code: 'chat_not_found' });
  });

  it('leave nothing but the hash in the table', async () => {
    const { row } = await remembered(both);
    expect(row).toMatchObject({ accountId: mineId, keyId: mineId });
    expect(JSON.stringify(row)).not.toContain('mine');
  });

  it('are not mixed up with those of keys', async () => {
    const { find } = await remembered({ id: 'key-1', role: 'user' });
    expect(ownerOf({ id: 'key-1', role: 'user' }, mineId)).toBe('key-1');
    await expect(find(mine)).rejects.toMatchObject({ code: 'chat_not_found' });
  });
});

describe('nameConversation', () => {
  const user = (words: string): ChatMessage => ({ role: 'user', content: [{ type: 'text', text: words }] });
  const first = [user('first')];

  it('stays the same while the conversation goes on, also when the system prompt changes', () => {
    const later: ChatMessage[] = [
      { role: 'system', content: 'it is noon' },
      ...first,
      { role: 'assistant', content: 'a', toolCalls: [] },
    ];
    expect(nameConversation([...later, user('second')])).toBe(nameConversation(first));
  });

  it('differs between conversations, in their pictures too', () => {
    const picture = (url: string): ChatMessage => ({ role: 'user', content: [{ type: 'image', url }] });
    const names = [first, [user('other')], [picture('data:a')], [picture('data:b')]].map(nameConversation);
    expect(new Set(names).size).toBe(4);
  });

  it('looks at the beginning of what is long, and at nothing without a user', () => {
    expect(nameConversation([user(`${'x'.repeat(5000)}a`)])).toBe(nameConversation([user(`${'x'.repeat(5000)}b`)]));
    expect(nameConversation([])).toBe(nameConversation([{ role: 'system', content: 'x' }]));
  });
});
