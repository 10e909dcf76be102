import { ReplyLostError, UpstreamUnreachableError } from '../../chat/errors/answer-faults.ts';
import type { Credentials } from '../../chat/upstream.ts';
import type { FoundVideo, VideoRequest, VideoState, VideoUpstream } from '../../chat/video-upstream.ts';
import type { Chats } from './chats.ts';
import { actualStatus, classifyResponse } from './classify-error.ts';
import { upstreamHeaders } from './headers.ts';
import { type JsonAnswer, tryJson } from './json-call.ts';
import { isJsonObject, objectField, parseJson, textField } from './json-fields.ts';
import { isVideoState, readVideoState } from './read-video-state.ts';
import type { Transport, UpstreamCall } from './transport.ts';
import { videoBody, videoChatType } from './video-body.ts';
import { findTaskId, findVideoUrl, messagesOf } from './video-task.ts';

/** The videos of accounts (qwen-web §5.3). */
export class Videos implements VideoUpstream {
  readonly #transport: Transport;
  readonly #chats: Chats;
  readonly #chatTitle: string;

  constructor(transport: Transport, chats: Chats, chatTitle: string) {
    this.#transport = transport;
    this.#chats = chats;
    this.#chatTitle = chatTitle;
  }

  createVideoChat(model: string, credentials: Credentials, signal: AbortSignal): Promise<string> {
    return this.#chats.create(model, this.#chatTitle, videoChatType, credentials, signal);
  }

  async createVideo(
    chatId: string,
    request: VideoRequest,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const answer = await this.#ask({
      method: 'POST',
      path: `/api/v2/chat/completions?chat_id=${encodeURIComponent(chatId)}`,
      headers: upstreamHeaders({ credentials, chatId, accept: 'application/json' }),
      body: JSON.stringify(videoBody(chatId, request)),
      signal,
      account: credentials,
    });
    return findTaskId(answer.body);
  }

  async videoState(taskId: string, credentials: Credentials, signal: AbortSignal): Promise<VideoState> {
    const outcome = await tryJson(this.#transport, {
      method: 'GET',
      path: `/api/v1/tasks/status/${encodeURIComponent(taskId)}`,
      headers: upstreamHeaders({ credentials, accept: 'application/json' }),
      signal,
      account: credentials,
    });
    if (!('refused' in outcome)) return readVideoState(outcome.body);
    const body = parseJson(outcome.refused.body);
    if (isJsonObject(body) && isVideoState(body)) return readVideoState(body);
    throw classifyResponse(outcome.refused);
  }

  async findVideo(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<FoundVideo> {
    const messages = messagesOf(await this.#chats.detail(chatId, credentials, signal));
    // What the caller wrote may hold addresses too.
    const answers = messages.filter((message) => textField(message, 'role') !== 'user');
    const taskId = answers.map(findTaskId).find((found) => found !== undefined);
    const url = answers.map(findVideoUrl).find((found) => found !== undefined);
    return {
      isAsked: messages.length > 0,
      ...(taskId !== undefined && { taskId }),
      ...(url !== undefined && { url }),
    };
  }

  /** A refusal in the upstream's own words was no request taken; what broke, or an error of its gateway, may have been. */
  async #ask(call: UpstreamCall): Promise<JsonAnswer> {
    const outcome = await tryJson(this.#transport, call).catch((error: unknown) => {
      throw error instanceof UpstreamUnreachableError ? error : replyLost(error);
    });
    if (!('refused' in outcome)) return outcome;
    const { refused } = outcome;
    const status = actualStatus(refused.status, refused.headers);
    const isWorded = objectField(asObject(refused.body), 'data') !== undefined || status < 500;
    const error = classifyResponse(refused);
    throw isWorded && !isHalf(status, refused.body) ? error : replyLost(error);
  }
}

function asObject(text: string) {
  const parsed = parseJson(text);
  return isJsonObject(parsed) ? parsed : undefined;
}

/** Whether a good status came with an answer that broke off: neither JSON nor a page. */
function isHalf(status: number, body: string): boolean {
  return status >= 200 && status < 300 && !body.trimStart().startsWith('<') && parseJson(body) === undefined;
}

function replyLost(cause: unknown): ReplyLostError {
  return new ReplyLostError('The upstream’s reply to the request for a video was lost.', { cause });
}
