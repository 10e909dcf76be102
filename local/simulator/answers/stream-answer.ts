import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account-book.ts';
import { addMessage, type StoredChat, type StoredMessage } from '../chats/chat-book.ts';
import { applyStreamFault } from '../faults/stream-faults.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';
import { pictureSize } from '../uploads/plain-picture.ts';
import { attachedTexts, type CompletionRequest } from './completion-request.ts';
import { FrameRenderer } from './frame-renderer.ts';
import { planAnswer } from './plan-answer.ts';
import type { Picture } from './plan-picture.ts';
import type { AttachedText } from './read-prompt.ts';
import { RunningAnswer } from './running-answer.ts';
import { type AnswerScript, scriptFor } from './script.ts';
import { conversationOf } from './seen-prompts.ts';
import { countTokens, UsageMeter } from './usage-meter.ts';
import { writeAnswer } from './write-answer.ts';

/** One turn of a chat. */
export interface Turn {
  readonly account: Account;
  readonly chat: StoredChat;
  readonly request: CompletionRequest;
  /** What came before, oldest first. */
  readonly history: readonly StoredMessage[];
  readonly responseId: string;
}

// Every prompt comes with the provider's own, unseen (qwen-web §4.3 "usage").
const hiddenPromptTokens = 800;
const tokensPerPicture = 1510;

/** Streams the answer of a turn, with the fault and the script that are due for it. */
export async function streamAnswer(exchange: Exchange, turn: Turn, state: SimulatorState): Promise<void> {
  const { account, chat, request, responseId } = turn;
  const answer = new RunningAnswer({ chatId: chat.id, responseId, account: account.email, model: request.model });
  state.running.add(answer);
  exchange.response.once('close', () => {
    answer.interrupt('client-gone');
    state.running.remove(answer);
  });
  exchange.entry.status = 200;
  exchange.response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'x-request-id': exchange.requestId,
  });
  const { text } = request.message;
  const seen = { text, attached: attachedTexts(request.message), history: turn.history };
  const script = scriptFor(state.scripts.take(account.email, request.model), text, () => conversationOf(seen));
  const picture = pictureOf(turn, state.url);
  const media = makesPicture(exchange, request) ? [picture.display] : [];
  const videoUrl = `${state.url}/output/${account.id}/t2v/${chat.id}/${randomUUID()}.mp4?key=TEST_KEY`;
  const parts = planAnswer(request, { history: turn.history, script, picture, videoUrl });
  await writeAnswer({
    response: exchange.response,
    parts: exchange.fault === undefined ? parts : applyStreamFault(parts, exchange.fault),
    renderer: rendererOf(exchange, turn),
    answer,
    delayMs: delayOf(script, state),
    entry: exchange.entry,
    journal: state.journal,
    onEnd: (text) => {
      state.running.remove(answer);
      keepAnswer(turn, text, media);
    },
  });
}

function rendererOf(exchange: Exchange, { chat, request, history, responseId }: Turn): FrameRenderer {
  const identity = {
    chatId: chat.id,
    messageId: request.message.id,
    responseId,
    timestamp: Math.floor(Date.now() / 1000),
  };
  return new FrameRenderer(identity, usageOf(request, history), {
    phases: request.message.phases && exchange.fault?.fault !== 'no-phase',
    snapshots: exchange.fault?.fault === 'snapshots',
  });
}

function usageOf(request: CompletionRequest, history: readonly StoredMessage[]): UsageMeter {
  const pictures = request.message.files.filter((file) => file.type === 'image').length;
  let tokens = hiddenPromptTokens + countTokens(request.message.text);
  for (const message of history) {
    tokens += countTokens(message.content) + tokensOf(message.attached ?? []);
  }
  tokens += tokensOf(attachedTexts(request.message));
  return new UsageMeter(tokens + pictures * tokensPerPicture, pictures * tokensPerPicture);
}

/** Documents are read to the model. */
function tokensOf(texts: readonly AttachedText[]): number {
  return texts.reduce((sum, { bytes }) => sum + countTokens(bytes.toString()), 0);
}

function pictureOf({ account, chat, request }: Turn, url: string): Picture {
  const path = `${url}/output/${account.id}/t2i/${chat.id}/${randomUUID()}_${pictureSize(request.size)}`;
  return { original: `${path}.png?key=TEST_KEY`, display: `${path}_display.png?key=TEST_KEY` };
}

/** `picture-missing` leaves none anywhere; `picture-unseen` keeps it out of the stream only. */
function makesPicture({ fault }: Exchange, { message: { chatType } }: CompletionRequest): boolean {
  return (chatType === 't2i' || chatType === 'image_edit') && fault?.fault !== 'picture-missing';
}

function delayOf(script: AnswerScript | undefined, state: SimulatorState): number {
  return script?.bulk === undefined ? state.chunkDelayMs : (script.bulk.delayMs ?? 0);
}

function keepAnswer({ chat, request, responseId }: Turn, content: string, media: readonly string[]): void {
  addMessage(chat, {
    id: responseId,
    parentId: request.message.id,
    childrenIds: [],
    role: 'assistant',
    content,
    chatType: request.message.chatType,
    model: request.model,
    media,
    timestamp: Math.floor(Date.now() / 1000),
  });
}
