import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { AnswerRecorder } from './answer-recorder.ts';
import { recordedStream } from './recorded-stream.ts';

/** Makes the answer and writes it down. @throws what the handler throws, when it is noted for those who wait. */
export async function runAnswer(call: Call, handle: RouteHandler, recorder: AnswerRecorder): Promise<HttpResponse> {
  let hasBroken = false;
  const watched: Call = {
    ...call,
    note(facts) {
      // The status of a stream was told before, so this is how its failure is known.
      hasBroken ||= facts.brokenBy !== undefined;
      call.note(facts);
    },
  };
  try {
    const response = await handle(watched);
    const { statusCode: status, headers, body } = response;
    if (typeof body === 'string') {
      await recorder.keep({ status, headers }, body, status < 400 && !hasBroken);
      return response;
    }
    recorder.open({ status, headers, idleAfter: body.idleAfter });
    const recording = { recorder, background: call.background, isBroken: () => hasBroken };
    return { ...response, body: recordedStream(body, recording) };
  } catch (error) {
    await recorder.fail(toGatewayError(error));
    throw error;
  }
}
