import { UpstreamError } from '../../chat/errors/upstream-error.ts';
import type { Model } from '../../chat/model.ts';
import type {
  ChatUpstream,
  Credentials,
  RefreshGrant,
  ResolvedChatRequest,
  Session,
  UpstreamAnswer,
} from '../../chat/upstream.ts';
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
import { guardInterception } from './interception.ts';
import { listModels } from './model-catalogue.ts';
import { refresh } from './refresh.ts';
import { signIn } from './sign-in.ts';
import { Transport } from './transport.ts';

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
export function createQwenWebUpstream(options: QwenWebOptions): ChatUpstream {
  return new QwenWebUpstream(options);
}

/** Milliseconds that deleting an unused chat may take, after its request has failed already. */
const tidyDeadline = 5000;

class QwenWebUpstream implements ChatUpstream {
  readonly name = 'qwen-web';
  readonly #transport: Transport;
  readonly #chats: Chats;
  readonly #chatTitle: string;

  constructor({ baseUrl, idleSeconds, chatTitle, proxyUrl }: QwenWebOptions) {
    this.#transport = new Transport(readBaseUrl(baseUrl), idleSeconds * 1000, new Dispatchers(proxyUrl));
    this.#chats = new Chats(this.#transport);
    this.#chatTitle = chatTitle;
  }

  async chat(request: ResolvedChatRequest, credentials: Credentials, signal: AbortSignal): Promise<UpstreamAnswer> {
    const question = await this.#place(request, credentials, signal);
    const { chatId } = question;
    const ownsChat = request.thread === undefined;
    try {
      const body = await openCompletion(this.#transport, question, credentials, signal);
      const reader = new AnswerReader(chatId);
      const events = guardInterception(readAnswer(body, reader, signal));
      return { chatId, ownsChat, events, stop: () => this.#stop(chatId, reader, credentials) };
    } catch (error) {
      if (ownsChat && mayTidy(error)) this.#discard(chatId, credentials);
      throw error;
    }
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
    const { messages, format, features, thread, target } = request;
    const folded = foldMessages(messages, format, thread !== undefined);
    checkMessageSize(folded);
    const asked = { model: target.id, features, ...folded };
    if (thread === undefined) {
      const chatType = chatTypeOf(features);
      const chatId = await this.#chats.create(target.id, this.#chatTitle, chatType, credentials, signal);
      return { ...asked, chatId, parentId: null };
    }
    const { chatId } = thread;
    const parentId = thread.parentId ?? (await this.#chats.newestMessage(chatId, credentials, signal));
    return { ...asked, chatId, parentId };
  }

  /** Nobody learns of a chat that was made for a request that failed, so nobody else can delete it. */
  #discard(chatId: string, credentials: Credentials): void {
    this.#chats.delete(chatId, credentials, AbortSignal.timeout(tidyDeadline)).catch(() => {});
  }

  async #stop(chatId: string, reader: AnswerReader, credentials: Credentials): Promise<void> {
    const { responseId, isFinished, failure } = reader;
    if (responseId === undefined || isFinished || failure !== undefined) return;
    await this.#chats.stop(chatId, responseId, credentials);
  }
}

/** An account that the site has just turned away is left alone. */
function mayTidy(error: unknown): boolean {
  return !(error instanceof UpstreamError) || (error.fault !== 'challenge' && error.fault !== 'auth');
}
