import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account-book.ts';
import { addMessage, historyOf, type StoredChat } from '../chats/chat-book.ts';
import { requireChat } from '../chats/chat-routes.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { textField } from '../json-value.ts';
import { isOffered } from '../models/catalogue.ts';
import type { SimulatorState } from '../state.ts';
import { createVideo } from '../tasks/create-video.ts';
import { attachedTexts, type CompletionRequest, readCompletion } from './completion-request.ts';
import { findUploads } from './find-uploads.ts';
import { streamAnswer } from './stream-answer.ts';

/** Answering, and stopping an answer (qwen-web §3, §4). */
export const completionRoutes: readonly SimulatorRoute[] = [
  { method: 'POST', path: '/api/v2/chat/completions', kind: 'completion', access: 'account', handle: complete },
  { method: 'POST', path: '/api/v2/chat/completions/stop', kind: 'stop', access: 'account', handle: stop },
];

async function complete(exchange: Exchange, account: Account, state: SimulatorState): Promise<void> {
  const read = readCompletion(exchange.body);
  if (typeof read === 'string') {
    exchange.sendError(read);
    return;
  }
  if (!isOffered(read.model)) {
    exchange.sendError('model-not-found');
    return;
  }
  const chatId = exchange.query.get('chat_id') ?? textField(exchange.body, 'chat_id') ?? '';
  const chat = requireChat(chatId, exchange, account, state);
  if (chat === undefined || refusedByChat(chat, read, exchange, state)) {
    return;
  }
  const files = findUploads(read.message.files, account, state);
  if (files === undefined) {
    exchange.sendError('bad-request-something-wrong');
    return;
  }
  const request = withOwnMessageId(chat, { ...read, message: { ...read.message, files } });
  const history = historyOf(chat, request.parentId);
  keepQuestion(chat, request);
  const { message, model } = request;
  const seen = { account: account.email, chatId: chat.id, model, text: message.text, history };
  state.prompts.add({ ...seen, attached: attachedTexts(message) });
  const responseId = randomUUID();
  if (request.message.chatType === 't2v' && !request.stream) {
    createVideo(exchange, { account, chat, request, responseId }, state);
    return;
  }
  await streamAnswer(exchange, { account, chat, request, history, responseId }, state);
}

/** Whether the chat's state forbids this turn; the refusal is sent then. */
function refusedByChat(
  chat: StoredChat,
  request: CompletionRequest,
  exchange: Exchange,
  state: SimulatorState,
): boolean {
  if (state.running.find(chat.id) !== undefined) {
    exchange.sendError('chat-in-progress');
    return true;
  }
  if (request.parentId !== null && !chat.messages.has(request.parentId)) {
    exchange.sendError('parent-not-found');
    return true;
  }
  return false;
}

/** A message id that the chat knows already would tie its history into a loop. */
function withOwnMessageId(chat: StoredChat, request: CompletionRequest): CompletionRequest {
  return chat.messages.has(request.message.id)
    ? { ...request, message: { ...request.message, id: randomUUID() } }
    : request;
}

function keepQuestion(chat: StoredChat, request: CompletionRequest): void {
  addMessage(chat, {
    id: request.message.id,
    parentId: request.parentId,
    childrenIds: [],
    role: 'user',
    content: request.message.text,
    chatType: request.message.chatType,
    model: request.model,
    media: [],
    attached: attachedTexts(request.message),
    timestamp: Math.floor(Date.now() / 1000),
  });
}

function stop(exchange: Exchange, account: Account, state: SimulatorState): void {
  const chat = requireChat(textField(exchange.body, 'chat_id') ?? '', exchange, account, state);
  if (chat !== undefined) {
    const answer = state.running.find(chat.id);
    const wanted = textField(exchange.body, 'response_id');
    if (wanted === undefined || wanted === answer?.responseId) {
      answer?.interrupt('stopped');
    }
    exchange.sendSuccess({ status: true });
  }
}
