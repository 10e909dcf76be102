import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Account } from '../accounts/account-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { isRecord, textField } from '../json-value.ts';
import type { SimulatorState } from '../state.ts';
import type { StoredChat } from './chat-book.ts';
import { chatDetail, chatSummary } from './chat-detail.ts';

const pageSize = 50;

/** Making, listing, reading, renaming and deleting chats (qwen-web §3). */
export const chatRoutes: readonly SimulatorRoute[] = [
  { method: 'POST', path: '/api/v2/chats/new', kind: 'chat-create', access: 'account', handle: create },
  { method: 'GET', path: '/api/v2/chats', kind: 'chat-list', access: 'account', handle: list },
  { method: 'DELETE', path: '/api/v2/chats', kind: 'chat-delete', access: 'account', handle: removeAll },
  { method: 'GET', path: '/api/v2/chats/{id}', kind: 'chat-read', access: 'account', handle: read },
  { method: 'DELETE', path: '/api/v2/chats/{id}', kind: 'chat-delete', access: 'account', handle: removeOne },
  { method: 'POST', path: '/api/v2/chats/{id}/title', kind: 'chat-rename', access: 'account', handle: rename },
];

/** Finds the account's chat, or tells the sender why there is none. */
export function requireChat(
  id: string,
  exchange: Exchange,
  account: Account,
  state: SimulatorState,
): StoredChat | undefined {
  const chat = state.chats.find(account.id, id);
  if (chat === undefined) {
    exchange.sendError(state.chats.wasDeleted(id) ? 'chat-not-found' : 'chat-not-exist', { chatId: id });
  }
  return chat;
}

function create(exchange: Exchange, account: Account, state: SimulatorState): void {
  const models = isRecord(exchange.body) && Array.isArray(exchange.body.models) ? exchange.body.models : [];
  const chat = state.chats.create(account.id, {
    title: textField(exchange.body, 'title') ?? 'New Chat',
    models: models.filter((model) => typeof model === 'string'),
    chatType: textField(exchange.body, 'chat_type') ?? 't2t',
  });
  exchange.sendSuccess({ id: chat.id });
}

function list(exchange: Exchange, account: Account, state: SimulatorState): void {
  const page = Math.max(1, Number(exchange.query.get('page') ?? '1') || 1);
  const chats = state.chats.list(account.id).slice((page - 1) * pageSize, page * pageSize);
  exchange.sendSuccess(chats.map(chatSummary));
}

function read(exchange: Exchange, account: Account, state: SimulatorState): void {
  const chat = requireChat(exchange.parameters.id ?? '', exchange, account, state);
  if (chat !== undefined) {
    exchange.sendSuccess(chatDetail(chat));
  }
}

function rename(exchange: Exchange, account: Account, state: SimulatorState): void {
  const chat = requireChat(exchange.parameters.id ?? '', exchange, account, state);
  if (chat !== undefined) {
    chat.title = textField(exchange.body, 'title') ?? chat.title;
    exchange.sendSuccess({ status: true });
  }
}

async function removeOne(exchange: Exchange, account: Account, state: SimulatorState): Promise<void> {
  const chat = requireChat(exchange.parameters.id ?? '', exchange, account, state);
  if (chat !== undefined) {
    await remove([chat], account, state);
    exchange.sendSuccess({ status: true });
  }
}

async function removeAll(exchange: Exchange, account: Account, state: SimulatorState): Promise<void> {
  await remove(state.chats.list(account.id), account, state);
  exchange.sendSuccess({ status: true });
}

async function remove(chats: readonly StoredChat[], account: Account, state: SimulatorState): Promise<void> {
  if (chats.some((chat) => state.running.find(chat.id) !== undefined)) {
    // A client that hung up on the answer and deletes the chat on another connection did it in the right order; the
    // close event may come a turn later than the request.
    await nextTurn();
    await nextTurn();
  }
  for (const chat of chats) {
    const answer = state.running.find(chat.id);
    if (answer !== undefined) {
      state.violations.push({ kind: 'deleted-while-answering', account: account.email, detail: chat.id });
      answer.interrupt('deleted');
    }
    state.chats.delete(chat.id);
  }
}
