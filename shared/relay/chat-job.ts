import type { LeasedAccount } from '../accounts/leased-account.ts';
import type { AnswerMeter } from '../chat/call-meter.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import { shapeEvents } from '../chat/shaping/shape-events.ts';
import type { ChatUpstream, HoldFile, ResolvedChatRequest, UpstreamAnswer } from '../chat/upstream.ts';
import type { LogFields } from '../logging/logger.ts';
import { checkStructure } from '../structured-output/check-structure.ts';
import type { ThreadEnd } from '../threads/thread-store.ts';
import { AnswerAttempts } from '../tools/answer-attempts.ts';
import type { CallFormatName } from '../tools/call-format.ts';
import type { AfterAnswer } from './after-answer.ts';
import { AnswerRecord } from './answer-record.ts';
import type { AttemptContext, Attempts } from './attempts.ts';
import { type Conversation, continuedRequest } from './conversation.ts';
import { type NameAnswer, named } from './conversation-id.ts';
import type { Deadline } from './deadline.ts';
import type { OpenMedia } from './open-media.ts';
import { inTermsOfFile, ownedBy } from './owned-by.ts';
import type { RequestMedia } from './request-media.ts';
import { concernsAccount, RetryPlan } from './retry-plan.ts';
import type { Sequel } from './sequel.ts';
import type { ServedAnswer } from './served-answer.ts';

/** What one chat request is served with. */
export interface ChatJobOptions {
  readonly request: ResolvedChatRequest;
  /** What the request goes on with, and what is to be remembered of it; absent when that is nothing. */
  readonly conversation?: Conversation | undefined;
  readonly upstream: Pick<ChatUpstream, 'chat' | 'upload' | 'confirmUpload' | 'callsTools'>;
  /** The markup in which calls of tools are asked for first. */
  readonly callFormat: CallFormatName;
  readonly media: Pick<RequestMedia, 'open'>;
  readonly attempts: Attempts;
  readonly context: AttemptContext;
  readonly after: AfterAnswer;
  readonly deadline: Deadline;
  /** Begins what may follow one attempt's answer. */
  readonly sequel?: () => Sequel;
  /** Gives answers the handle by which their caller can go on; they have none when absent. */
  readonly nameAnswer?: NameAnswer;
  /** Adds to the request's log line. */
  readonly note: (facts: LogFields) => void;
  /** Resolves when the upstream may be asked. */
  readonly admitted?: Promise<void>;
  /** Counts what the answer uses. */
  readonly meter?: AnswerMeter;
}

/** Takes from an answer as much as must be right before the caller hears anything. */
type Consume<Result> = (served: ServedAnswer) => Promise<Result>;

/** One way to put the request to an account. */
interface Asking {
  readonly request: ResolvedChatRequest;
  readonly forms: AnswerAttempts | undefined;
  readonly media: OpenMedia;
  /** Whether the upstream chat takes no other question of this request before it was stopped. */
  readonly inChat: boolean;
}

/** One chat request, resolved and ready to be served. */
export class ChatJob {
  readonly options: ChatJobOptions;
  /** Sent with the answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #forms: AnswerAttempts | undefined;
  readonly #plan: RetryPlan;
  /** Whether the chat to go on with may hold something of this request. */
  #isThreadUsed = false;

  constructor(options: ChatJobOptions) {
    this.options = options;
    const { request, callFormat, context, conversation } = options;
    this.#forms = this.#formsOf(request, callFormat);
    this.#plan = new RetryPlan(context.accountId !== undefined || conversation?.mustContinue === true);
    this.headers = { 'x-qwen-model': options.request.target.id };
  }

  /**
   * Tries accounts until one serves the request. An upstream chat that knows the conversation is asked first; whatever
   * goes wrong there, the whole conversation goes into a new one.
   *
   * @param consume takes from the answer as much as must be right before the caller hears anything: its head when it is
   *   streamed, all of it otherwise. What it throws counts as the account's failure.
   * @throws GatewayError
   */
  async serve<Result>(consume: Consume<Result>): Promise<Result> {
    const { conversation } = this.options;
    if (conversation?.end === undefined) return this.#serveAnew(consume);
    try {
      return await this.#serveConversation(conversation, conversation.end, consume);
    } catch (error) {
      if (!this.#isThreadUsed) await conversation.giveBack().catch(() => undefined);
      throw error;
    }
  }

  async #serveConversation<Result>(
    conversation: Conversation,
    end: ThreadEnd,
    consume: Consume<Result>,
  ): Promise<Result> {
    if (!conversation.mustContinue) this.#plan.enterThread();
    try {
      return await this.#serveOn(conversation, end, consume);
    } catch (error) {
      if (this.options.context.signal.aborted || !conversation.mayBeginAnew(error)) throw error;
      this.#plan.leaveThread();
      this.#forms?.failed(error);
      return this.#serveAnew(consume, error instanceof UpstreamError ? error : undefined);
    }
  }

  async #serveAnew<Result>(consume: Consume<Result>, last?: UpstreamError): Promise<Result> {
    const { attempts, context, media, request } = this.options;
    const opened = await media.open(request, context.signal);
    const asking = { request, forms: this.#forms, media: opened, inChat: request.thread !== undefined };
    const work = (lease: LeasedAccount) => this.#serveBy(lease, asking, consume);
    try {
      return await attempts.run(ownedBy(context, opened.owner), work, this.#plan, last);
    } catch (error) {
      throw inTermsOfFile(error, context, opened.owner);
    }
  }

  async #serveOn<Result>(
    { patience, mustContinue }: Conversation,
    end: ThreadEnd,
    consume: Consume<Result>,
  ): Promise<Result> {
    const { attempts, context, media } = this.options;
    const request = continuedRequest(this.options.request, end);
    const opened = await media.open(request, context.signal);
    const asking = { request, forms: this.#formsOf(request, end.callFormat), media: opened, inChat: mustContinue };
    const place = { ...context, accountId: end.accountId, ...(patience !== undefined && { patience }) };
    return attempts.run(ownedBy(place, opened.owner), (lease) => this.#serveBy(lease, asking, consume), this.#plan);
  }

  async #ask(request: ResolvedChatRequest, { credentials }: LeasedAccount): Promise<UpstreamAnswer> {
    const { upstream, context } = this.options;
    let isRefused = false;
    try {
      return await upstream.chat(request, credentials, context.signal);
    } catch (error) {
      isRefused = error instanceof UpstreamError && concernsAccount(error);
      throw error;
    } finally {
      // An account that is turned away adds nothing to its chat.
      if (request.thread !== undefined && !isRefused) this.#isThreadUsed = true;
    }
  }

  #formsOf(request: ResolvedChatRequest, callFormat: CallFormatName): AnswerAttempts | undefined {
    return this.options.upstream.callsTools ? undefined : new AnswerAttempts(request, callFormat);
  }

  async #serveBy<Result>(lease: LeasedAccount, asking: Asking, consume: Consume<Result>): Promise<Result> {
    const { upstream, context, after, conversation, nameAnswer, admitted, meter } = this.options;
    const { request, forms, media, inChat } = asking;
    const sequel = this.options.sequel?.();
    const emulation = forms?.next();
    try {
      await admitted;
      const uploads = await media.uploadTo(lease, upstream, context.signal);
      const hold: HoldFile = (file) => media.hold(file, lease, upstream, context.signal);
      const asked = { ...(emulation?.request ?? request), uploads, hold };
      const answer = await this.#ask(asked, lease);
      const record = new AnswerRecord(conversation !== undefined);
      const heard = record.listen(answer.events);
      const said = emulation?.read(heard) ?? heard;
      meter?.serve(lease.accountId, record);
      const bounded = shapeEvents(said, request);
      const shaped = record.watch(checkStructure(meter?.limit(bounded) ?? bounded, request.format));
      const told = sequel?.read(shaped) ?? shaped;
      const served = {
        lease,
        answer,
        record,
        callFormat: emulation?.callFormat ?? this.options.callFormat,
        events: nameAnswer ? named(told, (start) => nameAnswer(start, lease.accountId)) : told,
        ...(sequel && { sequel }),
      };
      return await consume(served).catch(async (error: unknown) => {
        const stopped = after.failed(served);
        // A chat that is to go on takes no other question before.
        if (inChat) await stopped;
        throw error;
      });
    } catch (error) {
      forms?.failed(error);
      throw error;
    }
  }
}
