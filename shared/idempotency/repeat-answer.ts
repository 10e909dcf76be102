import type { DialectName } from '../chat/dialect.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { IdempotencyInProgressError, IdempotentAnswerLostError } from '../chat/errors/idempotency-errors.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { HttpResponse, StreamedBody } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import { type BegunAnswer, reserve } from './await-beginning.ts';
import type { Clock } from './clock.ts';
import { Pace } from './pace.ts';

/** The in-band error of a stream that was written elsewhere. */
export type BreakStream = (
  dialect: DialectName,
  error: GatewayError,
  stream: { readonly requestId: string; readonly contentType: string | undefined; readonly lastSent: string },
) => string;

export interface RepeatOptions {
  readonly clock: Clock;
  readonly breakStream: BreakStream;
  readonly call: Call;
  readonly dialect: DialectName;
}

/** Gives an answer once more: a stream from its beginning, and as far as it is not made yet, as it comes. */
export function repeatAnswer(begun: BegunAnswer, options: RepeatOptions): HttpResponse {
  const { answer, first } = begun;
  const { status = 200, headers = {}, idleAfter } = answer;
  options.call.note({ replayed: true });
  return {
    statusCode: status,
    headers: { ...headers, 'idempotent-replayed': 'true' },
    body: idleAfter === undefined ? first.text : followedStream(begun, options, idleAfter),
  };
}

function followedStream(
  { answer, followed, first }: BegunAnswer,
  { clock, breakStream, call, dialect }: RepeatOptions,
  idleAfter: number,
): StreamedBody {
  const left = new AbortController();
  return {
    pieces: pieces(),
    // Before the first silence of the answer itself there is none.
    idle: () => followed.idle ?? '',
    idleAfter,
    abandon: () => left.abort(),
  };

  async function* pieces(): AsyncGenerator<string, void, undefined> {
    const pace = new Pace();
    let news = first;
    let lastSent = '';
    try {
      for (;;) {
        if (news.text !== '') {
          pace.news();
          lastSent = news.text;
          yield lastSent;
        }
        if (news.state === 'over' || left.signal.aborted) return;
        if (news.state === 'lost') throw new IdempotentAnswerLostError();
        if (call.remainingMilliseconds() < reserve) throw new IdempotencyInProgressError();
        await clock.delay(pace.next(), left.signal);
        news = await followed.look();
      }
    } catch (error) {
      call.note({ brokenBy: error });
      const contentType = answer.headers?.['content-type'];
      yield breakStream(dialect, toGatewayError(error), { requestId: call.requestId, contentType, lastSent });
    }
  }
}
