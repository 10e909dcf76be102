import type { LeasedAccount } from '../accounts/leased-account.ts';
import type { AnswerIdentity, StreamWriter, WholeWriter } from '../chat/dialect.ts';
import { shapeEvents } from '../chat/shaping/shape-events.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { LogFields } from '../logging/logger.ts';
import type { AfterAnswer } from './after-answer.ts';
import { AnswerRecord } from './answer-record.ts';
import type { AttemptContext, Attempts } from './attempts.ts';
import type { Deadline } from './deadline.ts';
import type { ServedAnswer } from './served-answer.ts';

/** What one chat request is served with. */
export interface ChatJobOptions {
  readonly request: ResolvedChatRequest;
  readonly identity: AnswerIdentity;
  readonly upstream: Pick<ChatUpstream, 'chat'>;
  readonly attempts: Attempts;
  readonly context: AttemptContext;
  readonly after: AfterAnswer;
  readonly deadline: Deadline;
  /** Adds to the request's log line. */
  readonly note: (facts: LogFields) => void;
  readonly streamWriter: () => StreamWriter;
  readonly wholeWriter: () => WholeWriter;
}

/** One chat request, resolved and ready to be answered in the words of its dialect. */
export class ChatJob {
  readonly options: ChatJobOptions;
  /** Sent with the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: ChatJobOptions) {
    this.options = options;
    this.headers = { 'x-qwen-model': options.request.target.id };
  }

  /**
   * Tries accounts until one serves the request.
   *
   * @param consume takes from the answer as much as must be right before the caller hears anything: its head when it is
   *   streamed, all of it otherwise. What it throws counts as the account's failure.
   * @throws GatewayError
   */
  serve<Result>(consume: (served: ServedAnswer) => Promise<Result>): Promise<Result> {
    const { attempts, context } = this.options;
    return attempts.run(context, (lease) => this.#serveBy(lease, consume));
  }

  async #serveBy<Result>(lease: LeasedAccount, consume: (served: ServedAnswer) => Promise<Result>): Promise<Result> {
    const { upstream, request, context, after } = this.options;
    const answer = await upstream.chat(request, lease.credentials, context.signal);
    const record = new AnswerRecord();
    const served = { lease, answer, record, events: record.watch(shapeEvents(answer.events, request)) };
    try {
      return await consume(served);
    } catch (error) {
      after.failed(served);
      throw error;
    }
  }
}
