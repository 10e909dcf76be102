import { randomUUID } from 'node:crypto';
import type { ChatDialect } from '../chat/dialect.ts';
import { UpstreamModelGoneError } from '../chat/errors/answer-faults.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { AfterAnswer } from './after-answer.ts';
import type { CallerMeans } from './caller-means.ts';
import { ChatJob } from './chat-job.ts';
import { nameConversation } from './conversation-name.ts';
import { startDeadline } from './deadline.ts';
import { findThread, type OwnedThread, rememberChat } from './owned-thread.ts';
import { resolveRequest } from './resolve-request.ts';
import { respondStreamed } from './respond-streamed.ts';
import { respondWhole } from './respond-whole.ts';

/** What chats are served with; opened once per execution environment. */
export interface ChatServiceOptions {
  readonly means: CallerMeans;
  readonly catalogue: ModelCatalogue;
  readonly chats: ChatIndex;
  /** Leave the upstream chats of single answers in the account. */
  readonly keepChats: boolean;
  /** Milliseconds for which the status of a streamed answer waits for the first visible event. */
  readonly holdFor: number;
  /** Milliseconds of silence after which an open stream gets an empty event. */
  readonly idleAfter: number;
}

/** How the chats behind a route live on: `index` keeps them so that callers can go on with them by `chatId`. */
export type ChatLife = 'single-answer' | 'index';

/** Joins a dialect, an account and an upstream for one chat request. */
export class ChatService {
  readonly #options: ChatServiceOptions;

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** @throws GatewayError for everything that goes wrong before the first byte. */
  async answer<Options>(dialect: ChatDialect<Options>, call: Call, life: ChatLife): Promise<HttpResponse> {
    const { catalogue, chats } = this.#options;
    const read = dialect.read(call.body);
    const resolved = resolveRequest(read.request, await catalogue.models());
    const thread = await findThread(resolved.thread, call.caller, chats);
    const request = thread === undefined ? resolved : { ...resolved, thread: thread.place };
    const identity = { id: randomUUID(), createdAt: Math.floor(Date.now() / 1000), model: read.request.model };
    const job = new ChatJob({
      ...this.#means(request, thread, call, life),
      request,
      identity,
      streamWriter: () => dialect.streamWriter(identity, read.options),
      wholeWriter: () => dialect.wholeWriter(identity, read.options),
    });
    call.note({ model: request.target.id, stream: read.stream });
    try {
      return await (read.stream ? respondStreamed(job, this.#options) : respondWhole(job));
    } catch (error) {
      if (error instanceof UpstreamModelGoneError) call.background.add('refresh catalogue', catalogue.refresh());
      throw error;
    }
  }

  #means(request: ResolvedChatRequest, thread: OwnedThread | undefined, call: Call, life: ChatLife) {
    const { means, chats, keepChats } = this.#options;
    const { caller, background, requestId, note } = call;
    const { attempts, upstream } = means.of(caller, () => nameConversation(request.messages));
    const deadline = startDeadline(call.remainingMilliseconds());
    const remember = life === 'index' && { remember: rememberChat(request.target.id, caller, chats) };
    return {
      upstream,
      note,
      deadline,
      attempts,
      context: { requestId, signal: deadline.signal, ...(thread && { accountId: thread.accountId }) },
      after: new AfterAnswer({ upstream, background, keepChats, ...remember }),
    };
  }
}
