import { eventStreamResponse, type HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ChatJob } from './chat-service.ts';
import type { Deadline } from './deadline.ts';
import { holdHead } from './hold-head.ts';
import type { ServedAnswer } from './served-answer.ts';
import { streamAnswer } from './stream-answer.ts';

export interface StreamingOptions {
  /** Milliseconds for which the status waits for the first visible event. */
  readonly holdFor: number;
  /** Milliseconds of silence after which the stream gets an empty event. */
  readonly idleAfter: number;
  readonly deadline: Deadline;
  readonly note: Call['note'];
}

/**
 * Streams the answer. The status waits for the first visible event; when that takes longer than `holdFor`, the stream
 * opens without it, and other accounts may still be tried behind the empty events.
 *
 * @throws GatewayError while the status is held back.
 */
export async function respondStreamed<Options>(
  job: ChatJob<Options>,
  options: StreamingOptions,
): Promise<HttpResponse> {
  const { deadline, note } = options;
  const held = job.attempts.run(job.request, job.context, async (served) => ({
    ...served,
    events: await holdHead(served.events),
  }));
  const openEarly = await isLateOrThrows(held, options).catch((error: unknown) => {
    deadline.clear();
    throw error;
  });
  const writer = job.dialect.streamWriter(job.identity, job.read.options);
  const pieces = streamAnswer({
    held,
    openEarly,
    writer,
    after: job.after,
    onFailure: (error) => note({ brokenBy: error }),
    onEnd: (served) => {
      deadline.clear();
      note(factsOf(served));
    },
  });
  return eventStreamResponse(
    { pieces, idle: () => writer.idle(), idleAfter: options.idleAfter, abandon: () => deadline.abandon() },
    job.headers,
  );
}

async function isLateOrThrows(held: Promise<ServedAnswer>, { holdFor }: StreamingOptions): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, holdFor, true);
  try {
    return await Promise.race([held.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

function factsOf(served: ServedAnswer | undefined): Readonly<Record<string, unknown>> {
  if (served === undefined) return {};
  const { usage, finishReason } = served.record;
  return { account: served.lease.accountId, usage, finishReason };
}
