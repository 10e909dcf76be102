import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account-book.ts';
import type { CompletionRequest } from '../answers/completion-request.ts';
import { addMessage, type StoredChat } from '../chats/chat-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';
import type { VideoFate } from './task-book.ts';

interface VideoTurn {
  readonly account: Account;
  readonly chat: StoredChat;
  readonly request: CompletionRequest;
  readonly responseId: string;
}

/** Begins a video, and answers with its task (qwen-web §5.3). */
export function createVideo(exchange: Exchange, turn: VideoTurn, state: SimulatorState): void {
  const { account, chat, request, responseId } = turn;
  const videoUrl = `${state.url}/output/${account.id}/t2v/${chat.id}/${randomUUID()}.mp4?key=${keyOf(exchange)}`;
  const made = { accountId: account.id, chatId: chat.id, prompt: request.message.text };
  const task = state.tasks.create({ ...made, videoUrl, fate: fateOf(exchange) });
  addMessage(chat, {
    id: responseId,
    parentId: request.message.id,
    childrenIds: [],
    role: 'assistant',
    content: '',
    chatType: 't2v',
    model: request.model,
    media: [],
    video: { taskId: task.id, url: () => (state.tasks.isShown(task) ? videoUrl : undefined) },
    timestamp: Math.floor(Date.now() / 1000),
  });
  if (exchange.fault?.fault === 'video-reply-lost') {
    exchange.entry.outcome = 'cut';
    exchange.request.socket.destroy();
    return;
  }
  exchange.sendSuccess({
    parent_id: request.message.id,
    message_id: responseId,
    messages: [{ role: 'assistant', content: '', chat_type: 't2v', extra: { wanx: { task_id: task.id } } }],
  });
}

/** The site's keys are tokens that tell their end (qwen-web §5.1). */
function keyOf({ fault }: Exchange): string {
  if (fault?.fault !== 'video-expired') return 'TEST_KEY';
  const claims = JSON.stringify({ exp: Math.floor(Date.now() / 1000) - 60 });
  return `e30.${Buffer.from(claims).toString('base64url')}.x`;
}

function fateOf({ fault }: Exchange): VideoFate {
  if (fault?.fault === 'video-failed') return 'fails';
  return fault?.fault === 'video-stuck' ? 'stuck' : 'succeeds';
}
