import type { AnswerRoute, RouteHandler } from '../http/endpoint.ts';
import type { HttpResponse } from '../http/http-response.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import { groupOf } from '../routes/route-groups.ts';
import type { Route } from '../routes.ts';
import { LimitedText } from './limited-text.ts';
import { recordingKey } from './recording-key.ts';

export interface RecordContentOptions {
  /** Epoch milliseconds until which is recorded. */
  readonly until: number;
  /** Writes an object. */
  readonly put: (key: string, bytes: Buffer, options: { readonly mediaType: string }) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** The owner may look into requests for some days, and not for ever by oversight. */
const furthest = 7 * 24 * 3600 * 1000;

/** @returns when a text in RECORD_CONTENT_UNTIL ends the recording; 0 for one that asks for none, or for too long. */
export function recordingEnd(text: string, now: number): number {
  const until = Date.parse(text);
  return until > now && until <= now + furthest ? until : 0;
}

/**
 * Keeps what is said in chats and orders of pictures, for a time: the body of the request, and the answer as it is
 * written out. An answer that is replayed for an `Idempotency-Key` is not recorded again.
 *
 * @param answer what answers routes otherwise.
 */
export function createRecordContent(
  { until, put, now = Date.now }: RecordContentOptions,
  answer: AnswerRoute,
): AnswerRoute {
  return (route, call, handle) => {
    if (now() >= until || !isRecordable(route)) return answer(route, call, handle);
    return answer(route, call, recorded(handle, put));
  };
}

function isRecordable(route: Route): boolean {
  const group = groupOf(route);
  return route.method === 'POST' && route.function !== 'count-tokens' && (group === 'chat' || group === 'images');
}

function recorded(handle: RouteHandler, put: RecordContentOptions['put']): RouteHandler {
  return async (call) => {
    const request = new LimitedText();
    request.add(call.body instanceof MultipartBody ? '(a form)' : JSON.stringify(call.body ?? null));
    const keep = (answer: LimitedText) => {
      const content = Buffer.from(JSON.stringify({ request: request.text, answer: answer.text }));
      call.background.add(
        'record content',
        put(recordingKey(call.requestId), content, { mediaType: 'application/json' }),
      );
    };
    try {
      return follow(await handle({ ...call, isRecorded: true }), keep);
    } catch (error) {
      keep(new LimitedText());
      throw error;
    }
  };
}

/** The same answer, which is kept when it ends. */
function follow(response: HttpResponse, keep: (answer: LimitedText) => void): HttpResponse {
  const answer = new LimitedText();
  const { body } = response;
  if (typeof body === 'string') {
    answer.add(body);
    keep(answer);
    return response;
  }
  const pieces = async function* () {
    try {
      for await (const piece of body.pieces) {
        answer.add(piece);
        yield piece;
      }
    } finally {
      keep(answer);
    }
  };
  return { ...response, body: { ...body, pieces: pieces() } };
}
