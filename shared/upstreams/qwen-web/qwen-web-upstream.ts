import { UpstreamError } from '../../chat/errors/upstream-error.ts';
import type { ChatEvents } from '../../chat/event.ts';
import type { Model } from '../../chat/model.ts';
import type { MediaPart } from '../../chat/request.ts';
import type { UploadedFile, UploadFile } from '../../chat/upload.ts';
import type {
  ChatUpstream,
  Credentials,
  RefreshGrant,
  ResolvedChatRequest,
  Session,
  UpstreamAnswer,
} from '../../chat/upstream.ts';
import type { VideoUpstream } from '../../chat/video-upstream.ts';
import { AnswerReader } from './answer-reader.ts';
import { readAnswer } from './answer-stream.ts';
import { readBaseUrl } from './base-url.ts';
import { checkMessageSize } from './body-limit.ts';
import { Chats } from './chats.ts';
import { check } from './check.ts';
import { openCompletion } from './completion.ts';
import { type CompletionQuestion, chatTypeOf } from './completion-body.ts';
import { Dispatchers } from './dispatchers.ts';
import { foldMessages } from './fold-messages.ts';
import { isHeld } from './image-files.ts';
import { guardInterception } from './interception.ts';
import { withLatePictures } from './late-pictures.ts';
import { listModels } from './model-catalogue.ts';
import { refresh } from './refresh.ts';
import { signIn } from './sign-in.ts';
import { picturesOf } from './stored-pictures.ts';
import { Transport } from './transport.ts';
import { Uploads } from './uploads.ts';
import { Videos } from './videos.ts';

/** What the upstream needs to know, all from the settings. */
export interface QwenWebOptions {
  /** https, or http on a loopback address. */
  readonly baseUrl: string;
  /** The longest silence of the upstream before an answer is given up as stalled; a fraction is taken. */
  readonly idleSeconds: number;
  /** Title of the chats that are made for single answers. */
  readonly chatTitle: string;
  /** For accounts without a proxy of their own; calls go straight to the upstream when absent. */
  readonly proxyUrl?: string | undefined;
}

/**
 * The web API of chat.qwen.ai as an upstream.
 *
 * @throws TypeError when the base URL is not one that tokens may be sent to, or the proxy's is none.
 */
export function createQwenWebUpstream(options: QwenWebOptions): ChatUpstream & { readonly videos: VideoUpstream } {
  return new QwenWebUpstream(options);
}

/** Milliseconds that deleting an unused chat may take, after its request has failed already. */
const tidyDeadline = 5000;

class QwenWebUpstream implements ChatUpstream {
  readonly name = 'qwen-web';
  readonly callsTools = false;
  readonly videos: VideoUpstream;
  readonly #transport: Transport;
  readonly #chats: Chats;
  readonly #uploads: Uploads;
  readonly #chatTitle: string;

  constructor({ baseUrl, idleSeconds, chatTitle, proxyUrl }: QwenWebOptions) {
    this.#transport = new Transport(readBaseUrl(baseUrl), idleSeconds * 1000, new Dispatchers(proxyUrl));
    this.#chats = new Chats(this.#transport);
    this.#uploads = new Uploads(this.#transport);
    this.#chatTitle = chatTitle;
    this.videos = new Videos(this.#transport, this.#chats, chatTitle);
  }

  async chat(request: ResolvedChatRequest, credentials: Credentials, signal: AbortSignal): Promise<UpstreamAnswer> {
    const question = await this.#place(request, credentials, signal);
    const { chatId } = question;
    const ownsChat = request.thread === undefined;
    try {
      const body = await openCompletion(this.#transport, question, credentials, signal);
      const reader = new AnswerReader(chatId);
      const said = guardInterception(readAnswer(body, reader, signal));
      const events = isPicture(request) ? this.#withPictures(said, reader, chatId, credentials, signal) : said;
      return { chatId, ownsChat, events, stop: () => this.#stop(chatId, reader, credentials) };
    } catch (error) {
      if (ownsChat && mayTidy(error)) this.#discard(chatId, credentials);
      throw error;
    }
  }

  holds(part: MediaPart): boolean {
    return isHeld(part);
  }

  upload(file: UploadFile, credentials: Credentials, signal: AbortSignal): Promise<UploadedFile> {
    return this.#uploads.upload(file, credentials, signal);
  }

  listModels(credentials: Credentials | undefined, signal: AbortSignal): Promise<readonly Model[]> {
    return listModels(this.#transport, credentials, signal);
  }

  createChat(model: string, title: string, credentials: Credentials, signal: AbortSignal): Promise<string> {
    return this.#chats.create(model, title, 't2t', credentials, signal);
  }

  deleteChat(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<void> {
    return this.#chats.delete(chatId, credentials, signal);
  }

  signIn(email: string, password: string, signal: AbortSignal, proxyUrl?: string): Promise<Session> {
    return signIn(this.#transport, email, password, signal, proxyUrl);
  }

  refresh(grant: RefreshGrant, signal: AbortSignal): Promise<Session> {
    return refresh(this.#transport, grant, signal);
  }

  check(credentials: Credentials, signal: AbortSignal): Promise<void> {
    return check(this.#transport, credentials, signal);
  }

  /** Finds or makes the chat that the question is asked in. */
  async #place(
    request: ResolvedChatRequest,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<CompletionQuestion> {
    const { messages, format, features, thread, target, reminder, uploads, output, aspectRatio } = request;
    const folded = foldMessages(messages, format, thread !== undefined, reminder, uploads);
    checkMessageSize(folded);
    const made = { ...(output && { output }), ...(aspectRatio && { aspectRatio }) };
    const asked = { model: target.id, features, ...made, ...folded };
    if (thread === undefined) {
      const chatType = chatTypeOf(asked);
      const chatId = await this.#chats.create(target.id, this.#chatTitle, chatType, credentials, signal);
      return { ...asked, chatId, parentId: null };
    }
    const { chatId } = thread;
    const parentId = thread.parentId ?? (await this.#chats.newestMessage(chatId, credentials, signal));
    return { ...asked, chatId, parentId };
  }

  #withPictures(
    events: ChatEvents,
    reader: AnswerReader,
    chatId: string,
    credentials: Credentials,
    signal: AbortSignal,
  ): ChatEvents {
    return withLatePictures(
      events,
      async () => picturesOf(await this.#chats.detail(chatId, credentials, signal), reader.responseId),
      signal,
    );
  }

  /** Nobody learns of a chat that was made for a request that failed, so nobody else can delete it. */
  #discard(chatId: string, credentials: Credentials): void {
    this.#chats.delete(chatId, credentials, AbortSignal.timeout(tidyDeadline)).catch(() => {});
  }

  async #stop(chatId: string, reader: AnswerReader, credentials: Credentials): Promise<void> {
    const { responseId, isOver } = reader;
    if (responseId === undefined || isOver) return;
    await this.#chats.stop(chatId, responseId, credentials);
  }
}

function isPicture({ output }: ResolvedChatRequest): boolean {
  return output === 'image' || output === 'image-edit';
}

/** An account that the site has just turned away is left alone. */
function mayTidy(error: unknown): boolean {
  return !(error instanceof UpstreamError) || (error.fault !== 'challenge' && error.fault !== 'auth');
}
