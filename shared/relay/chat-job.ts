import type { LeasedAccount } from '../accounts/leased-account.ts';
import { shapeEvents } from '../chat/shaping/shape-events.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { LogFields } from '../logging/logger.ts';
import { checkStructure } from '../structured-output/check-structure.ts';
import { AnswerAttempts } from '../tools/answer-attempts.ts';
import type { CallFormatName } from '../tools/call-format.ts';
import type { AfterAnswer } from './after-answer.ts';
import { AnswerRecord } from './answer-record.ts';
import type { AttemptContext, Attempts } from './attempts.ts';
import type { Deadline } from './deadline.ts';
import type { OpenMedia, RequestMedia } from './request-media.ts';
import type { ServedAnswer } from './served-answer.ts';

/** What one chat request is served with. */
export interface ChatJobOptions {
  readonly request: ResolvedChatRequest;
  readonly upstream: Pick<ChatUpstream, 'chat' | 'upload' | 'callsTools'>;
  /** The markup in which calls of tools are asked for first. */
  readonly callFormat: CallFormatName;
  readonly media: Pick<RequestMedia, 'open'>;
  readonly attempts: Attempts;
  readonly context: AttemptContext;
  readonly after: AfterAnswer;
  readonly deadline: Deadline;
  /** Adds to the request's log line. */
  readonly note: (facts: LogFields) => void;
}

/** One chat request, resolved and ready to be served. */
export class ChatJob {
  readonly options: ChatJobOptions;
  /** Sent with the answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #forms: AnswerAttempts | undefined;

  constructor(options: ChatJobOptions) {
    this.options = options;
    const { upstream, request, callFormat } = options;
    this.#forms = upstream.callsTools ? undefined : new AnswerAttempts(request, callFormat);
    this.headers = { 'x-qwen-model': options.request.target.id };
  }

  /**
   * Tries accounts until one serves the request.
   *
   * @param consume takes from the answer as much as must be right before the caller hears anything: its head when it is
   *   streamed, all of it otherwise. What it throws counts as the account's failure.
   * @throws GatewayError
   */
  async serve<Result>(consume: (served: ServedAnswer) => Promise<Result>): Promise<Result> {
    const { attempts, context, media, request } = this.options;
    const opened = await media.open(request, context.signal);
    return attempts.run(context, (lease) => this.#serveBy(lease, opened, consume));
  }

  async #serveBy<Result>(
    lease: LeasedAccount,
    media: OpenMedia,
    consume: (served: ServedAnswer) => Promise<Result>,
  ): Promise<Result> {
    const { upstream, request, context, after } = this.options;
    const emulation = this.#forms?.next();
    try {
      const uploads = await media.uploadTo(lease, upstream, context.signal);
      const asked = { ...(emulation?.request ?? request), uploads };
      const answer = await upstream.chat(asked, lease.credentials, context.signal);
      const record = new AnswerRecord();
      const said = emulation?.read(answer.events) ?? answer.events;
      const served = {
        lease,
        answer,
        record,
        events: record.watch(checkStructure(shapeEvents(said, request), request.format)),
      };
      return await consume(served).catch(async (error: unknown) => {
        const stopped = after.failed(served);
        // A chat that is to go on takes no other question before.
        if (request.thread !== undefined) await stopped;
        throw error;
      });
    } catch (error) {
      this.#forms?.failed(error);
      throw error;
    }
  }
}
