import { randomUUID } from 'node:crypto';
import type { AccountPool } from '../accounts/account-pool.ts';
import type { AnswerIdentity, ChatDialect, ReadRequest } from '../chat/dialect.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { Logger } from '../logging/logger.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { AfterAnswer, type KeepChat } from './after-answer.ts';
import { type AttemptContext, Attempts } from './attempts.ts';
import { startDeadline } from './deadline.ts';
import { findThread, type OwnedThread, rememberChat } from './owned-thread.ts';
import { resolveRequest } from './resolve-request.ts';
import { respondStreamed } from './respond-streamed.ts';
import { respondWhole } from './respond-whole.ts';

/** What chats are served with; opened once per execution environment. */
export interface ChatServiceOptions {
  readonly upstream: ChatUpstream;
  readonly pool: AccountPool;
  readonly catalogue: ModelCatalogue;
  readonly chats: ChatIndex;
  readonly logger: Logger;
  /** Leave the upstream chats of single answers in the account. */
  readonly keepChats: boolean;
  /** Milliseconds for which the status of a streamed answer waits for the first visible event. */
  readonly holdFor: number;
  /** Milliseconds of silence after which an open stream gets an empty event. */
  readonly idleAfter: number;
}

/** How the chats behind a route live on: `index` keeps them so that callers can go on with them by `chatId`. */
export type ChatLife = 'single-answer' | 'index';

/** One chat request, resolved and ready to be answered. */
export interface ChatJob<Options> {
  readonly dialect: ChatDialect<Options>;
  readonly read: ReadRequest<Options>;
  readonly request: ResolvedChatRequest;
  readonly identity: AnswerIdentity;
  readonly attempts: Attempts;
  readonly after: AfterAnswer;
  readonly context: AttemptContext;
  /** Sent with the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Joins a dialect, an account and an upstream for one chat request. */
export class ChatService {
  readonly #options: ChatServiceOptions;

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** @throws GatewayError for everything that goes wrong before the first byte. */
  async answer<Options>(dialect: ChatDialect<Options>, call: Call, life: ChatLife): Promise<HttpResponse> {
    const read = dialect.read(call.body);
    const request = resolveRequest(read.request, await this.#options.catalogue.models());
    const thread = await findThread(request.thread, call.caller, this.#options.chats);
    const deadline = startDeadline(call.remainingMilliseconds());
    const job = this.#job(
      dialect,
      read,
      { ...request, ...(thread && { thread: thread.place }) },
      call,
      life,
      thread,
      deadline.signal,
    );
    call.note({ model: request.target.id, stream: read.stream });
    return read.stream
      ? respondStreamed(job, { ...this.#options, deadline, note: call.note })
      : respondWhole(job, deadline, call.note);
  }

  #job<Options>(
    dialect: ChatDialect<Options>,
    read: ReadRequest<Options>,
    request: ResolvedChatRequest,
    call: Call,
    life: ChatLife,
    thread: OwnedThread | undefined,
    signal: AbortSignal,
  ): ChatJob<Options> {
    const { pool, upstream, logger } = this.#options;
    const after = new AfterAnswer(pool, upstream, call.background, this.#keeping(request, call, life));
    return {
      dialect,
      read,
      request,
      identity: { id: `chatcmpl-${randomUUID()}`, createdAt: Math.floor(Date.now() / 1000), model: read.request.model },
      attempts: new Attempts(pool, upstream, after, logger),
      after,
      context: { requestId: call.requestId, signal, ...(thread && { accountId: thread.accountId }) },
      headers: { 'x-qwen-model': request.target.id },
    };
  }

  #keeping(request: ResolvedChatRequest, { caller }: Call, life: ChatLife): KeepChat | undefined {
    if (life === 'index') return (served) => rememberChat(served, request.target.id, caller, this.#options.chats);
    return this.#options.keepChats ? () => Promise.resolve() : undefined;
  }
}
