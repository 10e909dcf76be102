import { beforeEach, describe, expect, it } from 'vitest';
import type { LeaseOptions } from '../../../shared/accounts/lease.ts';
import type { LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import { PoolCoolingError } from '../../../shared/accounts/no-account-errors.ts';
import type { ConversationMode } from '../../../shared/chat/conversation-mode.ts';
import { RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { ChatGoneError, ReplyLostError, TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import type { ChatEvents } from '../../../shared/chat/event.ts';
import type { ResolvedChatRequest } from '../../../shared/chat/upstream.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { AfterAnswer } from '../../../shared/relay/after-answer.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import { ChatJob } from '../../../shared/relay/chat-job.ts';
import { Conversations } from '../../../shared/relay/conversations.ts';
import { startDeadline } from '../../../shared/relay/deadline.ts';
import { ConversationChain } from '../../../shared/threads/conversation-chain.ts';
import { ThreadStore } from '../../../shared/threads/thread-store.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { assistant, chatRequest, user } from '../qwen-web/chat-request.ts';

const hour = 3_600_000;
const caller = { id: 'key', role: 'user' } as const;
const request = chatRequest({ messages: [user('question'), assistant('answer'), user('next')] });
const { target, tools, format } = request;
const seed = { callerId: 'key', model: target.id, tools, format, search: false, life: 'single-answer' };
const { known = '' } = new ConversationChain(seed, request.messages);
const end = { callerId: 'key', accountId: 'one', chatId: 'old', responseId: 'r', callFormat: 'bracket' } as const;

type Reply = Error | ChatEvents;
const words = () => eventsOf([[start, text('Well.'), finish]]);
const never = () => Promise.reject(new Error('not to be called'));

let threads: ThreadStore;
beforeEach(async () => {
  threads = new ThreadStore(new MemoryTable());
  await threads.put(known, { ...end, dueAt: Date.now() + hour });
});

/** Whether the conversation can be gone on with as before. */
const isThere = async () => (await threads.take(known, 'key')) !== undefined;

/** A job whose upstream gives these replies, one after the other, by accounts that may be gone. */
async function openJob(replies: Reply[], mode: ConversationMode = 'auto', refusal?: GatewayError) {
  const asked: (string | undefined)[] = [];
  const leased: LeasedAccount = {
    accountId: 'one',
    kind: 'chat',
    credentials: { token: 'a' },
    settle: async () => {},
    release: () => {},
    renew: never,
  };
  const lease = async (_kind: string, { exclude }: LeaseOptions) => {
    if (refusal !== undefined) throw refusal;
    if (exclude?.has('one')) throw new PoolCoolingError('The only account has refused.');
    return leased;
  };
  const chat = async ({ thread }: ResolvedChatRequest) => {
    asked.push(thread?.chatId);
    const reply = replies.shift() ?? new Error('asked too often');
    if (reply instanceof Error) throw reply;
    return { chatId: thread?.chatId ?? 'new', ownsChat: thread === undefined, events: reply, stop: async () => {} };
  };
  const upstream = { callsTools: true, chat, upload: never, confirmUpload: never, deleteChat: async () => {} };
  const chats = { rememberTemporary: async () => {} };
  const opened = new Conversations({ threads, chats, mode, life: hour, keepChats: false });
  const deadline = startDeadline(60_000);
  const job = new ChatJob({
    request,
    conversation: await opened.open(request, caller, 'single-answer'),
    upstream,
    callFormat: 'bracket',
    media: { open: async () => ({ uploadTo: async () => new Map(), hold: never }) },
    attempts: new Attempts({ lease }, createLogger('error')),
    context: { requestId: 'r', signal: deadline.signal },
    after: new AfterAnswer({ upstream, background: new Background(createLogger('error')), keepChats: false }),
    deadline,
    note: () => {},
  });
  const serve = () => job.serve(async ({ answer, events }) => (await Array.fromAsync(events)) && answer.chatId);
  return { asked, deadline, serve };
}

const limited = () => new RateLimitedError('slow down');

describe('a chat that nothing has come into', () => {
  it('is given back when no account was free', async () => {
    const { asked, serve } = await openJob([], 'auto', new PoolCoolingError('busy'));
    await expect(serve()).rejects.toBeInstanceOf(PoolCoolingError);
    expect(asked).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  it.each(['auto', 'never-fold'] as const)('is given back when accounts were turned away, with %s', async (mode) => {
    const { serve } = await openJob([limited()], mode);
    await expect(serve()).rejects.toBeInstanceOf(GatewayError);
    expect(await isThere()).toBe(true);
  });

  it('is given back when the caller has left before it was asked', async () => {
    const { asked, deadline, serve } = await openJob([], 'auto', new PoolCoolingError('busy'));
    deadline.abandon();
    await expect(serve()).rejects.toBeInstanceOf(GatewayError);
    expect(asked).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  it('is not, when the conversation went on elsewhere', async () => {
    const { asked, serve } = await openJob([new ChatGoneError('gone'), words()]);
    expect(await serve()).toBe('new');
    expect(asked).toEqual(['old', undefined]);
    expect(await isThere()).toBe(false);
  });
});

describe('a chat that may hold the request', () => {
  it.each<[string, Reply]>([
    ['whose reply was lost', new ReplyLostError('lost')],
    ['whose answer broke', eventsOf([[start]], new TruncatedAnswerError('cut'))],
  ])('%s is left', async (_what, reply) => {
    const { asked, serve } = await openJob([reply, limited()]);
    await expect(serve()).rejects.toBeInstanceOf(GatewayError);
    expect(asked).toEqual(['old', undefined]);
    expect(await isThere()).toBe(false);
  });

  it('is asked again after a passing fault when there is no other way', async () => {
    const { asked, serve } = await openJob([new TruncatedAnswerError('cut'), words()], 'never-fold');
    expect(await serve()).toBe('old');
    expect(asked).toEqual(['old', 'old']);
  });
});
