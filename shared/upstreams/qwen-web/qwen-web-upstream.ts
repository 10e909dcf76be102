import type { ChatArchive } from '../../chat/chat-archive.ts';
import { UpstreamError } from '../../chat/errors/upstream-error.ts';
import type { ChatEvents } from '../../chat/event.ts';
import type { Model } from '../../chat/model.ts';
import type { MediaPart } from '../../chat/request.ts';
import type { AnnouncedFile, GrantForm, UploadedFile, UploadFile, UploadGrant } from '../../chat/upload.ts';
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
import { Archive } from './archive.ts';
import { readBaseUrl } from './base-url.ts';
import { Chats } from './chats.ts';
import { check } from './check.ts';
import { openCompletion } from './completion.ts';
import { type CompletionQuestion, chatTypeOf } from './completion-body.ts';
import { composeMessage } from './compose-message.ts';
import { Dispatchers } from './dispatchers.ts';
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
  /** Title of the chats that are kept, and of those of videos. */
  readonly chatTitle: string;
  /** Makes the title of a chat that is made for answers and then deleted; `chatTitle` when absent. */
  readonly temporaryTitle?: () => string;
  /** For accounts without a proxy of their own; calls go straight to the upstream when absent. */
  readonly proxyUrl?: string | undefined;
  /** Bytes of a completion's body above which the older part of the conversation goes into files; at most 117,000. */
  readonly messageBytes?: number;
}

/**
 * The web API of chat.qwen.ai as an upstream.
 *
 * @throws TypeError when the base URL is not one that tokens may be sent to, or the proxy's is none.
 */
export function createQwenWebUpstream(options: QwenWebOptions): QwenWeb {
  return new QwenWebUpstream(options);
}

/** The upstream, with what of it is no chat. */
export interface QwenWeb extends ChatUpstream {
  readonly videos: VideoUpstream;
  readonly archive: ChatArchive;
}

/** The default of the setting MESSAGE_BYTES. */
const usualMessageBytes = 110_000;
/** Milliseconds that deleting an unused chat may take, after its request has failed already. */
const tidyDeadline = 5000;

class QwenWebUpstream implements QwenWeb {
  readonly name = 'qwen-web';
  readonly callsTools = false;
  readonly videos: VideoUpstream;
  readonly archive: ChatArchive;
  readonly #transport: Transport;
  readonly #chats: Chats;
  readonly #uploads: Uploads;
  readonly #chatTitle: string;
  readonly #temporaryTitle: () => string;
  readonly #messageBytes: number;

  constructor(options: QwenWebOptions) {
    const { baseUrl, idleSeconds, chatTitle, temporaryTitle = () => chatTitle, proxyUrl } = options;
    this.#messageBytes = options.messageBytes ?? usualMessageBytes;
    this.#transport = new Transport(readBaseUrl(baseUrl), idleSeconds * 1000, new Dispatchers(proxyUrl));
    this.#chats = new Chats(this.#transport);
    this.#uploads = new Uploads(this.#transport, idleSeconds * 1000);
    this.#chatTitle = chatTitle;
    this.#temporaryTitle = temporaryTitle;
    this.archive = new Archive(this.#transport, this.#chats);
    this.videos = new Videos(this.#transport, this.#chats, chatTitle);
  }

  async chat(request: ResolvedChatRequest, credentials: Credentials, signal: AbortSignal): Promise<UpstreamAnswer> {
    const question = await this.#place(request, credentials, signal);
    const { chatId } = question;
    const ownsChat = request.thread === undefined;
    try {
      const { body, sentBytes } = await openCompletion(this.#transport, question, credentials, signal);
      const reader = new AnswerReader(chatId);
      const said = guardInterception(readAnswer(body, reader, signal));
      const events = isPicture(request) ? this.#withPictures(said, reader, chatId, credentials, signal) : said;
      return { chatId, ownsChat, sentBytes, events, stop: () => this.#stop(chatId, reader, credentials) };
    } catch (error) {
      if (ownsChat && mayTidy(error)) this.#discard(chatId, credentials);
      throw error;
    }
  }

  holds(part: MediaPart): boolean {
    return isHeld(part, this.#transport.origin);
  }

  upload(file: UploadFile, credentials: Credentials, signal: AbortSignal): Promise<UploadedFile> {
    return this.#uploads.upload(file, credentials, signal);
  }

  grantUpload(
    file: AnnouncedFile,
    form: GrantForm,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<UploadGrant> {
    return this.#uploads.grant(file, form, credentials, signal);
  }

  addressOf(reference: UploadedFile['reference']): string {
    return this.#uploads.addressOf(reference);
  }

  confirmUpload(reference: UploadedFile['reference'], credentials: Credentials, signal: AbortSignal): Promise<boolean> {
    return this.#uploads.confirm(reference, credentials, signal);
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
    const { features, thread, target, output, aspectRatio } = request;
    const message = await composeMessage(request, {
      messageBytes: this.#messageBytes,
      origin: this.#transport.origin,
      upload: (file) => this.upload(file, credentials, signal),
    });
    const made = { ...(output && { output }), ...(aspectRatio && { aspectRatio }) };
    const asked = { model: target.id, features, ...made, ...message };
    if (thread === undefined) {
      const chatType = chatTypeOf(asked);
      const title = request.keepsChat === true ? this.#chatTitle : this.#temporaryTitle();
      const chatId = await this.#chats.create(target.id, title, chatType, credentials, signal);
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
