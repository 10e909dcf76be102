import { randomUUID } from 'node:crypto';
import type { ChatDialect, ReadRequest } from '../chat/dialect.ts';
import { UpstreamModelGoneError } from '../chat/errors/answer-faults.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { ResolvedChatRequest, WorkKind } from '../chat/upstream.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import { requireGroup } from '../http/require-group.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import type { ModelNames } from '../models/model-names.ts';
import type { ConversationHandles } from '../threads/conversation-handles.ts';
import type { CallFormatName } from '../tools/call-format.ts';
import { AfterAnswer } from './after-answer.ts';
import type { CallerMeans } from './caller-means.ts';
import { ChatJob } from './chat-job.ts';
import type { Conversation } from './conversation.ts';
import { findPlace, type NameAnswer } from './conversation-id.ts';
import { nameConversation } from './conversation-name.ts';
import type { ChatLife, Conversations } from './conversations.ts';
import { startDeadline } from './deadline.ts';
import { type MeteredOptions, meterAnswer } from './metered-answer.ts';
import { type OwnedThread, ownerOf, rememberChat } from './owned-thread.ts';
import type { RequestMedia } from './request-media.ts';
import { resolveRequest } from './resolve-request.ts';
import { respondStreamed } from './respond-streamed.ts';
import { respondWhole } from './respond-whole.ts';
import type { Sequel } from './sequel.ts';
import type { ServedAnswer } from './served-answer.ts';
import type { VideoAnswers } from './video-answers.ts';

/** What chats are served with; opened once per execution environment. */
export interface ChatServiceOptions {
  readonly means: CallerMeans;
  readonly catalogue: ModelCatalogue;
  readonly modelNames: ModelNames;
  readonly chats: ChatIndex;
  readonly conversations: Conversations;
  readonly handles: ConversationHandles;
  readonly media: RequestMedia;
  /** Answers requests for videos; without it they are refused. */
  readonly videos?: VideoAnswers;
  /** Leave the upstream chats of single answers in the account. */
  readonly keepChats: boolean;
  /** The markup in which calls of tools are asked for first. */
  readonly callFormat: CallFormatName;
  /** Milliseconds for which the status of a streamed answer waits for the first visible event. */
  readonly holdFor: number;
  /** Milliseconds of silence after which an open stream gets an empty event. */
  readonly idleAfter: number;
}

/** How one answer is served, beside what its request says. */
export interface AnswerOptions extends MeteredOptions {
  readonly life: ChatLife;
  /** Of the answer; a new one when absent. */
  readonly id?: string;
  /** Opens the request's media in place of the service's own way. */
  readonly media?: Pick<RequestMedia, 'open'>;
  /** Begins what may follow one attempt's answer. */
  readonly sequel?: () => Sequel;
}

/** Joins a dialect, an account and an upstream for one chat request. */
export class ChatService {
  readonly #options: ChatServiceOptions;

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** @throws GatewayError for everything that goes wrong before the first byte. */
  async answer(dialect: ChatDialect, call: Call, life: ChatLife): Promise<HttpResponse> {
    return this.answerRead(dialect.read(call.body, call), call, { life });
  }

  /**
   * The same for a request that has been read already.
   *
   * @throws GatewayError for everything that goes wrong before the first byte.
   */
  async answerRead(read: ReadRequest, call: Call, options: AnswerOptions): Promise<HttpResponse> {
    const { id = randomUUID() } = options;
    if (this.#options.videos !== undefined && (await this.#isForVideo(read.request, call))) {
      return this.#options.videos.answer(read, call, { ...options, id });
    }
    call.meter?.describe({ model: read.request.model, stream: read.stream });
    const createdAt = Math.floor(Date.now() / 1000);
    const job = await this.prepare(read.request, call, options);
    const identity = { id, createdAt, model: read.request.model, requestId: call.requestId };
    call.note({ model: job.options.request.target.id, stream: read.stream });
    call.meter?.describe({ target: job.options.request.target.id });
    return this.guard(call, () =>
      read.stream
        ? respondStreamed(job, () => read.streamWriter(identity), this.#options)
        : respondWhole(job, () => read.wholeWriter(identity)),
    );
  }

  /**
   * Makes a request ready to be served by whoever calls this.
   *
   * @throws GatewayError when it can't be.
   */
  async prepare(asked: ChatRequest, call: Call, given: AnswerOptions): Promise<ChatJob> {
    const { modelNames, chats, conversations, handles } = this.#options;
    // Whoever names the place of an answer goes on from the next one in the same way.
    const options: AnswerOptions = asked.conversationId === undefined ? given : { ...given, life: 'index' };
    const resolved = resolveRequest(asked, await modelNames.find(asked.model, call.caller));
    if (workOf(resolved) === 'image') requireGroup(call.caller, 'images');
    const thread = await findPlace(resolved, call.caller, chats, handles);
    const placed = thread === undefined ? resolved : { ...resolved, thread: thread.place };
    const request = options.life === 'index' ? { ...placed, keepsChat: true } : placed;
    const conversation = await conversations.open(request, call.caller, options.life);
    return new ChatJob({ ...this.#means(request, thread, call, options, conversation), request, conversation });
  }

  /** Serves a job, and looks at the upstream's models again when it has shown that one is gone. */
  async guard<Result>(call: Call, serve: () => Promise<Result>): Promise<Result> {
    try {
      return await serve();
    } catch (error) {
      if (error instanceof UpstreamModelGoneError) {
        call.background.add('refresh catalogue', this.#options.catalogue.refresh());
      }
      throw error;
    }
  }

  async #isForVideo({ model, output }: ChatRequest, { caller }: Call): Promise<boolean> {
    if (output !== undefined) return output === 'video';
    const { features } = await this.#options.modelNames.find(model, caller);
    return features.output === 'video';
  }

  /** An answer without its handle is better than none. */
  #nameAnswer({ caller, background }: Call): NameAnswer {
    return ({ chatId, responseId }, accountId) => {
      const place = { chatId, responseId, accountId, ownerId: ownerOf(caller, accountId) };
      const name = this.#options.handles.write(place);
      background.add('name answer', name);
      return name.catch(() => undefined);
    };
  }

  #mediaOf({ caller }: Call): Pick<RequestMedia, 'open'> {
    const { media } = this.#options;
    return { open: (request, signal) => media.open(request, signal, caller.id) };
  }

  #means(
    request: ResolvedChatRequest,
    thread: OwnedThread | undefined,
    call: Call,
    { life, sequel, media = this.#mediaOf(call), ...metered }: AnswerOptions,
    conversation: Conversation | undefined,
  ) {
    const { means, chats, keepChats, callFormat } = this.#options;
    const { caller, background, requestId, note } = call;
    const { attempts, upstream } = means.of(caller, () => nameConversation(request.messages));
    const deadline = startDeadline(call.remainingMilliseconds());
    const { beforeEnd, ...meter } = meterAnswer(request, workOf(request), call, metered, deadline);
    const nameAnswer = life === 'index' ? this.#nameAnswer(call) : undefined;
    const index = life === 'index' ? rememberChat(request.target.id, caller, chats) : undefined;
    const history = conversation && ((served: ServedAnswer) => conversation.remember(served));
    const keepers = [index, history].filter((keeper) => keeper !== undefined);
    return {
      upstream,
      media,
      callFormat,
      note,
      deadline,
      attempts,
      ...meter,
      ...(sequel && { sequel }),
      ...(nameAnswer && { nameAnswer }),
      context: {
        requestId,
        signal: deadline.signal,
        kind: workOf(request),
        ...(thread && { accountId: thread.accountId }),
      },
      after: new AfterAnswer({ upstream, background, keepChats, keepers, ...(beforeEnd && { beforeEnd }) }),
    };
  }
}

/** What limits of accounts count the request for. */
function workOf({ output }: ResolvedChatRequest): WorkKind {
  if (output === 'image' || output === 'image-edit') return 'image';
  return output === 'video' ? 'video' : 'chat';
}
