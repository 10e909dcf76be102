import type { StreamWriter } from '../chat/dialect.ts';
import { eventStreamResponse, type HttpResponse } from '../http/http-response.ts';
import type { ChatJob } from './chat-job.ts';
import { holdHead } from './hold-head.ts';
import { isLate } from './is-late.ts';
import { factsOf } from './served-answer.ts';
import { streamAnswer } from './stream-answer.ts';

export interface StreamingOptions {
  /** Milliseconds for which the status waits for the first visible event. */
  readonly holdFor: number;
  /** Milliseconds of silence after which the stream gets an empty event. */
  readonly idleAfter: number;
}

/**
 * Streams the answer. The status waits for the first visible event; when that takes longer than `holdFor`, the stream
 * opens without it, and other accounts may still be tried behind the empty events.
 *
 * @throws GatewayError while the status is held back.
 */
export async function respondStreamed(
  job: ChatJob,
  streamWriter: () => StreamWriter,
  { holdFor, idleAfter }: StreamingOptions,
): Promise<HttpResponse> {
  const { deadline, note, after } = job.options;
  const held = job.serve(async (served) => ({ ...served, events: await holdHead(served.events) }));
  const openEarly = await isLate(held, holdFor).catch((error: unknown) => {
    deadline.clear();
    throw error;
  });
  const writer = streamWriter();
  const pieces = streamAnswer({
    held,
    openEarly,
    writer,
    after,
    signal: deadline.signal,
    onFailure: (error) => note({ brokenBy: error }),
    onEnd: (served) => {
      deadline.clear();
      if (served !== undefined) note(factsOf(served));
    },
  });
  return eventStreamResponse(
    { pieces, idle: () => writer.idle(), idleAfter, abandon: () => deadline.abandon() },
    writer.contentType === undefined ? job.headers : { ...job.headers, 'content-type': writer.contentType },
  );
}
