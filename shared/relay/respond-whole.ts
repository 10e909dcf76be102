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
    return { served, writer, body: served.sequel?.isDue === true ? undefined : writer.body() };
  };
  try {
    const { served, writer, body } = await job.serve(gather);
    if (body === undefined) await followInto(writer, served, job);
    await after.keep(served);
    if (body !== undefined) after.finished(served);
    note(factsOf(served));
    return jsonResponse(body ?? writer.body(), 200, job.headers);
  } finally {
    deadline.clear();
  }
}

/** The account is free before the work begins that follows its answer. */
async function followInto(writer: WholeWriter, served: ServedAnswer, { options }: ChatJob): Promise<void> {
  const { sequel } = served;
  options.after.finished(served);
  if (sequel === undefined) return;
  for await (const batch of sequel.follow(options.deadline.signal)) writer.write(batch);
}
