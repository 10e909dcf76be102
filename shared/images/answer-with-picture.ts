import type { AnswerIdentity, ReadRequest } from '../chat/dialect.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { ChatEvent } from '../chat/event.ts';
import { eventStreamResponse, type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import { isLate } from '../relay/is-late.ts';
import type { StreamingOptions } from '../relay/respond-streamed.ts';
import type { CalledPictureUnderWay, PictureCalls, PictureWishes } from './called-picture.ts';

export interface PictureAnswerOptions extends StreamingOptions {
  readonly pictures: Pick<PictureCalls, 'begin'>;
  readonly wishes: PictureWishes;
  /** Of the answer. */
  readonly id: string;
  /** Is waited for when the picture is there, before its caller hears the end. What it throws is logged only. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Answers with nothing but a picture. @throws GatewayError for everything that goes wrong before the first byte. */
export async function answerWithPicture(
  read: ReadRequest,
  call: Call,
  options: PictureAnswerOptions,
): Promise<HttpResponse> {
  const { pictures, wishes, id } = options;
  const { messages, model } = read.request;
  call.meter?.describe({ model, stream: read.stream });
  const underWay = await pictures.begin({ messages, model, wishes }, call);
  call.note({ stream: read.stream });
  const createdAt = Math.floor(Date.now() / 1000);
  const identity = { id, createdAt, model, requestId: call.requestId };
  return read.stream ? stream(read, identity, underWay, call, options) : whole(read, identity, underWay, call, options);
}

async function whole(
  read: ReadRequest,
  identity: AnswerIdentity,
  underWay: CalledPictureUnderWay,
  call: Call,
  options: PictureAnswerOptions,
): Promise<HttpResponse> {
  const done = await underWay.done;
  const writer = read.wholeWriter(identity);
  writer.write([{ type: 'picture-call-start' }, ...endOf(done)]);
  await keep(call, options);
  return jsonResponse(writer.body(), 200, underWay.headers);
}

async function stream(
  read: ReadRequest,
  identity: AnswerIdentity,
  { done, headers, abandon }: CalledPictureUnderWay,
  call: Call,
  options: PictureAnswerOptions,
): Promise<HttpResponse> {
  await isLate(done, options.holdFor);
  const writer = read.streamWriter(identity);
  return eventStreamResponse(
    { pieces: pieces(), idle: () => writer.idle(), idleAfter: options.idleAfter, abandon },
    headers,
  );

  async function* pieces(): AsyncGenerator<string, void, undefined> {
    yield writer.open() + writer.write([{ type: 'picture-call-start' }]);
    try {
      yield writer.write(endOf(await done));
      await keep(call, options);
      yield writer.close();
    } catch (error) {
      call.note({ brokenBy: error });
      yield writer.fail(toGatewayError(error));
    }
  }
}

function endOf({ picture, usage }: Awaited<CalledPictureUnderWay['done']>): readonly ChatEvent[] {
  return [
    { type: 'picture-call-end', picture },
    ...(usage ? [{ type: 'usage', usage } as const] : []),
    { type: 'finish', reason: 'stop' },
  ];
}

async function keep(call: Call, { beforeEnd }: PictureAnswerOptions): Promise<void> {
  call.note({ finishReason: 'stop' });
  const work = Promise.all([call.meter?.keep(), beforeEnd?.()]);
  call.background.add('keep answer', work);
  await work.catch(() => undefined);
}
