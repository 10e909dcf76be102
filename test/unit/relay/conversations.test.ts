import { beforeEach, describe, expect, it } from 'vitest';
import { PoolCoolingError } from '../../../shared/accounts/no-account-errors.ts';
import { CallerToken } from '../../../shared/chat/caller-token.ts';
import type { ConversationMode } from '../../../shared/chat/conversation-mode.ts';
import {
  ChatGoneError,
  ContentFilterError,
  UpstreamModelGoneError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import type { ResolvedChatRequest } from '../../../shared/chat/upstream.ts';
import type { DueChat } from '../../../shared/chats/chat-index.ts';
import type { Caller } from '../../../shared/http/invocation.ts';
import { AnswerRecord } from '../../../shared/relay/answer-record.ts';
import { type ChatLife, Conversations } from '../../../shared/relay/conversations.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { FileAccountConflictError } from '../../../shared/stored-files/file-errors.ts';
import { ThreadStore } from '../../../shared/threads/thread-store.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { assistant, chatRequest, user } from '../qwen-web/chat-request.ts';

const hour = 3_600_000;
const begin = 1_800_000_000_000;
const caller: Caller = { id: 'key', role: 'user' };
let time: number;
let noted: DueChat[];
let table: MemoryTable;
beforeEach(() => {
  time = begin;
  noted = [];
  table = new MemoryTable();
});

function conversations(mode: ConversationMode = 'auto', keepChats = false): Conversations {
  const chats = { rememberTemporary: async (chat: DueChat) => void noted.push(chat) };
  const now = () => time;
  return new Conversations({ threads: new ThreadStore(table, now), chats, mode, life: hour, keepChats, now });
}

const first = chatRequest({ messages: [user('question')] });
const second = chatRequest({ messages: [user('question'), assistant('answer'), user('next')] });
const third = chatRequest({ messages: [...second.messages, assistant('more'), user('again')] });

/** Has a request answered in a chat. @returns whether the chat is needed. */
async function answered(
  opened: Conversations,
  request: ResolvedChatRequest,
  words: string,
  life: ChatLife = 'single-answer',
) {
  const conversation = await opened.open(request, caller, life);
  const record = new AnswerRecord(true);
  await Array.fromAsync(record.watch(record.listen(eventsOf([[start, text(words), finish]]))));
  const lease = { accountId: 'account', kind: 'chat', credentials: { token: 'a' } } as const;
  const never = () => Promise.reject(new Error('not to be called'));
  const answer = { chatId: 'chat', ownsChat: true, events: eventsOf([]), stop: never };
  const settled = { settle: never, release: () => {}, renew: never };
  return conversation?.remember({
    lease: { ...lease, ...settled },
    answer,
    record,
    callFormat: 'tag',
    events: eventsOf([]),
  });
}

describe('Conversations', () => {
  it('notes a chat once in half a life, and long enough', async () => {
    const opened = conversations();
    expect(await answered(opened, first, 'answer')).toBe(true);
    expect(noted).toEqual([{ chatId: 'chat', accountId: 'account', dueAt: begin + 1.5 * hour }]);
    time += 0.4 * hour;
    expect(await answered(opened, second, 'more')).toBe(true);
    expect(noted).toHaveLength(1);
    time += 0.4 * hour;
    expect((await opened.open(third, caller, 'single-answer'))?.end?.chatId).toBe('chat');
    expect(noted.at(-1)?.dueAt).toBe(time + 1.5 * hour);
    expect(noted).toHaveLength(2);
  });

  it('costs a continued turn one delete and one put', async () => {
    const opened = conversations();
    await answered(opened, first, 'answer');
    const { put } = table.operations;
    await answered(opened, second, 'more');
    expect(table.operations).toMatchObject({ get: 0, query: 0, update: 0, delete: 1, put: put + 1 });
  });

  it('does not go on with a chat that may be gone', async () => {
    const opened = conversations();
    await answered(opened, first, 'answer');
    time += 1.5 * hour;
    expect((await opened.open(second, caller, 'single-answer'))?.end).toBeUndefined();
  });

  it.each([
    ['chats are kept', true, 'single-answer' as const],
    ['the chat is in the index', false, 'index' as const],
  ])('notes no end of a chat when %s', async (_what, keepChats, life) => {
    const opened = conversations('auto', keepChats);
    await answered(opened, first, 'answer', life);
    time += hour;
    expect((await opened.open(second, caller, life))?.end).toBeDefined();
    expect(noted).toEqual([]);
  });

  it('does without a store that is away, unless it must not begin anew', async () => {
    const away = class extends MemoryTable {
      override deleteAndRead(): Promise<never> {
        return Promise.reject(new StoreUnavailableError('away'));
      }
    };
    table = new away();
    const conversation = await conversations().open(second, caller, 'single-answer');
    expect(conversation).toBeDefined();
    expect(conversation?.end).toBeUndefined();
    const refused = conversations('never-fold').open(second, caller, 'single-answer');
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('keeps the lives of chats apart', async () => {
    const opened = conversations();
    await answered(opened, first, 'answer', 'index');
    expect((await opened.open(second, caller, 'single-answer'))?.end).toBeUndefined();
  });

  it.each<[string, Partial<ResolvedChatRequest>, Caller]>([
    ['pictures', { output: 'image' }, caller],
    ['a chat that the caller names', { thread: { chatId: 'chat' } }, caller],
    ['brought tokens', {}, { ...caller, tokens: [new CallerToken('mine')] }],
  ])('leaves %s alone', async (_what, changes, who) => {
    expect(await conversations('never-fold').open({ ...second, ...changes }, who, 'single-answer')).toBeUndefined();
    expect(await conversations('always-new').open(second, caller, 'single-answer')).toBeUndefined();
    expect(table.operations.delete).toBe(0);
  });
});

describe('never-fold', () => {
  it('refuses what nobody knows, and takes first turns', async () => {
    const opened = conversations('never-fold');
    expect(await opened.open(first, caller, 'single-answer')).toBeDefined();
    const refused = opened.open(second, caller, 'single-answer');
    await expect(refused).rejects.toMatchObject({ status: 409, code: 'conversation_unknown', param: 'messages' });
  });

  it('gives back what was not used, and never begins anew', async () => {
    const opened = conversations('never-fold');
    await answered(opened, first, 'answer');
    const conversation = await opened.open(second, caller, 'single-answer');
    expect(conversation?.mayBeginAnew(new ChatGoneError('gone'))).toBe(false);
    expect(conversation?.patience).toBeUndefined();
    await conversation?.giveBack();
    expect((await opened.open(second, caller, 'single-answer'))?.end?.callFormat).toBe('tag');
  });
});

describe('beginning anew', () => {
  it.each<[Error, boolean]>([
    [new ChatGoneError('gone'), true],
    [new PoolCoolingError('busy'), true],
    [new ContentFilterError('no'), false],
    [new UpstreamModelGoneError('gone'), false],
    [new InvalidRequestError('wrong'), false],
    [new FileAccountConflictError('file_id'), true],
    [new TypeError('a mistake'), false],
  ])('after %s: %s', async (error, may) => {
    const conversation = await conversations().open(first, caller, 'single-answer');
    expect(conversation?.mayBeginAnew(error)).toBe(may);
  });
});
