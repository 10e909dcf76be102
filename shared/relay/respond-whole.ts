import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ChatJob } from './chat-service.ts';
import type { Deadline } from './deadline.ts';
import type { ServedAnswer } from './served-answer.ts';

/**
 * Gathers the whole answer before the status is decided: nothing has been shown when it breaks, so the failure may
 * still be tried elsewhere.
 */
export async function respondWhole<Options>(
  job: ChatJob<Options>,
  deadline: Deadline,
  note: Call['note'],
): Promise<HttpResponse> {
  const gather = async (served: ServedAnswer) => {
    const writer = job.dialect.wholeWriter(job.identity, job.read.options);
    for await (const batch of served.events) writer.write(batch);
    return { served, body: writer.body() };
  };
  try {
    const { served, body } = await job.attempts.run(job.request, job.context, gather);
    job.after.finished(served);
    note({ account: served.lease.accountId, usage: served.record.usage, finishReason: served.record.finishReason });
    return jsonResponse(body, 200, job.headers);
  } finally {
    deadline.clear();
  }
}
