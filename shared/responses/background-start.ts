import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { ResponsesRequest } from '../dialects/openai-responses/read-request.ts';
import type { HttpResponse } from '../http/http-response.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ModelNames } from '../models/model-names.ts';
import { resolveRequest } from '../relay/resolve-request.ts';
import type { FollowResponse } from './follow-response.ts';
import type { StartRun } from './response-runs.ts';
import type { ResponseKey, ResponseStore } from './response-store.ts';

/** Milliseconds in which a worker has to have taken a response that waits. */
const queueLimit = 10 * 60_000;

/** A response to be made without its caller. */
export interface BackgroundRequest {
  readonly call: Call;
  readonly key: ResponseKey;
  readonly read: ResponsesRequest;
  /** What the response's own id is made of. */
  readonly identityId: string;
  /** The body without its input. */
  readonly request: object;
  readonly input: readonly object[];
}

export type StartInBackground = (asked: BackgroundRequest) => Promise<HttpResponse>;

export interface BackgroundStartOptions {
  readonly store: ResponseStore;
  readonly modelNames: Pick<ModelNames, 'find'>;
  readonly startRun: StartRun;
  readonly follow: FollowResponse;
}

/**
 * Makes what puts a response in the queue and answers at once: with the response as it waits, or with the stream of its
 * events.
 */
export function createStartInBackground(options: BackgroundStartOptions): StartInBackground {
  const { store, modelNames, startRun, follow } = options;
  return async ({ call, key, read, identityId, request, input }) => {
    refuseBroughtTokens(call);
    // What is wrong with the model is told now rather than by a failed response.
    const resolved = resolveRequest(read.request, await modelNames.find(read.request.model, call.caller));
    const endsBy = Date.now() + queueLimit;
    await admit({ call, key, read }, resolved, endsBy);
    const createdAt = Math.floor(Date.now() / 1000);
    const { model } = read.request;
    const response = read.queued({ id: identityId, createdAt, model, requestId: call.requestId });
    await store.create(key, { response, input, request }, 'queued', endsBy);
    try {
      await startRun(key);
    } catch (error) {
      await store.delete(key);
      throw error;
    }
    // The worker counts what the answer uses.
    call.meter?.leave();
    call.note({ background: key.id });
    return read.stream ? follow(call, key, { response, input }, -1) : jsonResponse(response);
  };
}

/** Nobody's request gets into the queue for which there is no room. @throws LimitExceededError, StoreUnavailableError */
async function admit(
  { call: { meter }, key, read }: Pick<BackgroundRequest, 'call' | 'key' | 'read'>,
  { output, target }: ResolvedChatRequest,
  until: number,
): Promise<void> {
  const { request, pictures, stream } = read;
  const isPicture = pictures?.isDemanded === true || output === 'image' || output === 'image-edit';
  meter?.describe({ model: request.model, target: target.id, stream });
  await meter?.admit({ ...(isPicture ? { images: 1 } : { chat: request }), queued: { id: key.id, until } });
}

/** Tokens that a caller brings are kept nowhere, so nobody could work with them later. */
function refuseBroughtTokens({ caller }: Call): void {
  if (caller.tokens === undefined) return;
  throw new UnsupportedParameterError(
    "'background' needs a gateway key: tokens in a request serve that request only.",
    {
      param: 'background',
    },
  );
}
