import type { WholeWriter } from '../chat/dialect.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { ChatJob } from './chat-job.ts';
import { factsOf, type ServedAnswer } from './served-answer.ts';

/**
 * Gathers the whole answer before the status is decided: nothing has been shown when it breaks, so the failure may
 * still be tried elsewhere.
 *
 * @throws GatewayError
 */
export async function respondWhole(job: ChatJob, wholeWriter: () => WholeWriter): Promise<HttpResponse> {
  const { deadline, after, note } = job.options;
  const gather = async (served: ServedAnswer) => {
    const writer = wholeWriter();
    for await (const batch of served.events) writer.write(batch);
    return { served, body: writer.body() };
  };
  try {
    const { served, body } = await job.serve(gather);
    await after.keep(served);
    after.finished(served);
    note(factsOf(served));
    return jsonResponse(body, 200, job.headers);
  } finally {
    deadline.clear();
  }
}
