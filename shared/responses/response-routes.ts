import { InvalidRequestError, MethodNotAllowedError } from '../chat/errors/request-errors.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { FollowResponse } from './follow-response.ts';
import { listInputItems } from './list-input-items.ts';
import { wholeNumber } from './read-query.ts';
import type { ResponseContent } from './response-content.ts';
import { ResponseNotFoundError, UpgradeRequiredError } from './response-errors.ts';
import type { ResponseKey, ResponseStore } from './response-store.ts';

export interface ResponseRoutesOptions {
  readonly store: ResponseStore;
  readonly follow: FollowResponse;
}

/** The handlers of what can be done with responses that are there. */
export function createResponseRoutes({
  store,
  follow,
}: ResponseRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const find = async (call: Call): Promise<ResponseContent> => {
    const key = keyOf(call);
    const found = await store.find(key);
    if (found === undefined) throw new ResponseNotFoundError(key.id);
    return found;
  };
  return {
    'GET /v1/responses': refuseSocket,
    'GET /v1/responses/{id}': async (call) => {
      const found = await find(call);
      if (call.query.stream !== 'true') return jsonResponse(found.response);
      return follow(call, keyOf(call), found, wholeNumber(call.query, 'starting_after', { minimum: 0 }) ?? -1);
    },
    'DELETE /v1/responses/{id}': async (call) => {
      const { response } = await find(call);
      await store.delete(keyOf(call));
      return jsonResponse({ id: response.id, object: 'response', deleted: true });
    },
    'POST /v1/responses/{id}/cancel': async (call) => {
      const { response } = await find(call);
      if (response.background !== true) throw refusedCancel('Only responses in the background can be cancelled.');
      const ended = response.status === 'cancelled' || (await store.end(keyOf(call), 'cancelled'));
      if (!ended) throw refusedCancel('The response is over already, and can’t be cancelled any more.');
      return jsonResponse((await find(call)).response);
    },
    'GET /v1/responses/{id}/input_items': async (call) =>
      jsonResponse(listInputItems((await find(call)).input, call.query)),
  };
}

/** Answers WebSocket clients, which then use HTTP (clients §1 (14)). The door takes the `upgrade` header itself off. */
const refuseSocket: RouteHandler = async ({ headers }) => {
  if (headers.upgrade !== undefined || headers['sec-websocket-key'] !== undefined) {
    throw new UpgradeRequiredError('Responses are served over HTTP only. Send POST /v1/responses.');
  }
  throw new MethodNotAllowedError('/v1/responses takes POST. Read a response at /v1/responses/{id}.', {
    headers: { allow: 'POST' },
  });
};

function keyOf({ caller, parameters }: Call): ResponseKey {
  return { callerId: caller.id, id: parameters.id ?? '' };
}

function refusedCancel(message: string): InvalidRequestError {
  return new InvalidRequestError(message, { param: 'response_id' });
}
