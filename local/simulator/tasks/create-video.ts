import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account-book.ts';
import type { CompletionRequest } from '../answers/completion-request.ts';
import { addMessage, type StoredChat } from '../chats/chat-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';

interface VideoTurn {
  readonly account: Account;
  readonly chat: StoredChat;
  readonly request: CompletionRequest;
  readonly responseId: string;
}

/** Begins a video, and answers with its task (qwen-web §5.3). */
export function createVideo(exchange: Exchange, turn: VideoTurn, state: SimulatorState): void {
  const { account, chat, request, responseId } = turn;
  const videoUrl = `${state.url}/output/${account.id}/t2v/${chat.id}/${randomUUID()}.mp4?key=TEST_KEY`;
  const fails = exchange.fault?.fault === 'video-failed';
  const task = state.tasks.create({ accountId: account.id, videoUrl, fails });
  addMessage(chat, {
    id: responseId,
    parentId: request.message.id,
    childrenIds: [],
    role: 'assistant',
    content: '',
    chatType: 't2v',
    model: request.model,
    media: [videoUrl],
    timestamp: Math.floor(Date.now() / 1000),
  });
  exchange.sendSuccess({
    parent_id: request.message.id,
    message_id: responseId,
    messages: [{ role: 'assistant', content: '', chat_type: 't2v', extra: { wanx: { task_id: task.id } } }],
  });
}
