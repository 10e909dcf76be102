import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { HttpResponse, StreamedBody } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import { FollowedPieces } from './followed-pieces.ts';
import type { MeteredRoute, Metering } from './metering.ts';
import { type Outcome, RequestMeter } from './request-meter.ts';

type Handle = (call: Call) => Promise<HttpResponse>;

/**
 * Measures what a route's requests use. Nothing is written down of callers who bring tokens of their own, as nothing of
 * the gateway's is used up.
 */
export function meterRoute(metering: Metering, route: MeteredRoute, handle: Handle): Handle {
  return async (call) => (call.caller.tokens === undefined ? serve(metering, route, handle, call) : handle(call));
}

async function serve(metering: Metering, route: MeteredRoute, handle: Handle, call: Call): Promise<HttpResponse> {
  const meter = new RequestMeter(metering, route, call);
  let brokenBy: unknown;
  const note: Call['note'] = (facts) => {
    brokenBy ??= facts.brokenBy;
    call.note(facts);
  };
  const end = (outcome: Outcome): Promise<void> => {
    const finished = meter.finish(outcome);
    call.background.add('write usage', finished);
    return finished.catch(() => undefined);
  };
  let response: HttpResponse;
  try {
    response = await handle({ ...call, meter, note });
  } catch (thrown) {
    const error = toGatewayError(thrown);
    const ended = end({ status: error.status, error });
    // Whoever tries again at once finds the place free that this one had.
    if (meter.holds) await ended;
    throw thrown;
  }
  const { statusCode: status, body } = response;
  if (typeof body === 'string') {
    await end({ status });
    return response;
  }
  const follow = (isAborted: boolean) => {
    const error = brokenBy === undefined ? undefined : toGatewayError(brokenBy);
    return end({ status, isAborted, ...(error && { error }) });
  };
  return { ...response, body: followed(body, follow) };
}

/** @param end told when there are no more pieces, and whether that is because nobody wants them. */
function followed(body: StreamedBody, end: (isAborted: boolean) => Promise<void>): StreamedBody {
  let isAbandoned = false;
  return {
    ...body,
    pieces: new FollowedPieces(body.pieces, (isWhole) => end(isAbandoned || !isWhole)),
    abandon: () => {
      isAbandoned = true;
      body.abandon();
    },
  };
}
