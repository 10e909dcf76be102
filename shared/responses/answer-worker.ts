import { setTimeout as delay } from 'node:timers/promises';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import type { OpenAiChatSettings } from '../dialects/openai-chat/options.ts';
import { type ResponsesRequest, readResponses, readSentRequest } from '../dialects/openai-responses/read-request.ts';
import { Background } from '../http/background.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call, Caller } from '../http/invocation.ts';
import type { LogFields, Logger } from '../logging/logger.ts';
import { captureResponse } from './captured-request.ts';
import type { ResponseAnswers } from './response-answers.ts';
import type { ResponseContent } from './response-content.ts';
import type { ResponseKey, ResponseStore } from './response-store.ts';
import type { ResponseTask } from './response-task.ts';

/** Milliseconds between two looks whether the answer is still wanted. */
const watchInterval = 1_000;

export interface AnswerWorkerOptions {
  readonly answers: ResponseAnswers;
  /** Counts what an answer uses. */
  readonly meter: (handle: (call: Call) => Promise<HttpResponse>) => (call: Call) => Promise<HttpResponse>;
  /** Gives back what was reserved when a response was queued that nobody begins any more. @throws StoreUnavailableError */
  readonly release: (key: ResponseKey) => Promise<void>;
  /** Who has asked, as far as they still may. @throws AuthenticationError, PermissionDeniedError, StoreUnavailableError */
  readonly callerOf: (callerId: string) => Promise<Caller>;
  readonly store: ResponseStore;
  readonly settings: OpenAiChatSettings;
  readonly logger: Logger;
}

/** Does one step of a response in the background. @param remaining milliseconds until the function is stopped. */
export type AnswerWorker = (task: ResponseTask, remaining: () => number) => Promise<void>;

/**
 * Makes the answer that a queued response waits for, and puts it where its caller looks for it. What can't be answered
 * becomes a failed response. Every step may be done twice. Throws StoreUnavailableError: the state machine then gives up.
 */
export function createAnswerWorker(options: AnswerWorkerOptions): AnswerWorker {
  const { release, logger } = options;
  return async ({ act, callerId, responseId: id }, remaining) => {
    const key = { callerId, id };
    try {
      if (act === 'give-up') await options.store.end(key, 'failed');
      else await makeResponse(key, remaining, options);
    } finally {
      // What can't be given back lapses.
      await release(key).catch((error: unknown) => logger.warn('reservation not given back', { response: id, error }));
    }
  };
}

async function makeResponse(key: ResponseKey, remaining: () => number, options: AnswerWorkerOptions): Promise<void> {
  const { store, settings } = options;
  if (!(await store.start(key, Date.now() + remaining()))) {
    // The worker before was killed, or the response is over: half an answer is not asked for twice.
    await store.end(key, 'failed');
    return;
  }
  const content = await store.find(key);
  if (content?.request === undefined) return;
  const sent = readSentRequest({ ...content.request, input: content.input });
  const read = readResponses(sent, settings, { items: content.input, before: 0 });
  const response = await answer(key, content, read, remaining, options);
  await store.finish(key, { response, input: content.input }, response.status);
}

/** Never throws but for faults of the store: the response tells what went wrong. */
async function answer(
  key: ResponseKey,
  { response: queued }: ResponseContent,
  read: ResponsesRequest,
  remaining: () => number,
  { answers, callerOf, store, logger, meter }: AnswerWorkerOptions,
) {
  const createdAt = Number(queued.created_at);
  const dated: ResponsesRequest = {
    ...read,
    // Only a stream can be broken off when its caller cancels.
    stream: true,
    streamWriter: (identity) => read.streamWriter({ ...identity, createdAt }),
  };
  const captured = captureResponse(dated);
  const call = openCall(key, remaining, logger);
  const id = key.id.slice('resp_'.length);
  try {
    const caller = await callerOf(key.callerId);
    const serve = meter((metered) => answers.answer(captured.request, metered, { id }));
    const { body } = await serve({ ...call, caller });
    if (typeof body !== 'string') await drain(body, key, store);
  } catch (error) {
    captured.request
      .streamWriter({ id, createdAt, model: read.request.model, requestId: key.id })
      .fail(toGatewayError(error));
  }
  await call.background.settled();
  return captured.response() ?? read.queued({ id, createdAt, model: read.request.model, requestId: key.id });
}

/** Reads the answer to its end, or until nobody wants it any more. */
async function drain(
  { pieces, abandon }: { readonly pieces: AsyncIterable<string>; readonly abandon: () => void },
  key: ResponseKey,
  store: ResponseStore,
): Promise<void> {
  const controller = new AbortController();
  const watching = whenUnwanted(key, store, controller.signal).then(abandon, () => {});
  try {
    for await (const _piece of pieces);
  } finally {
    controller.abort();
    await watching;
  }
}

/** Resolves when the response was cancelled or deleted. @throws Error when `signal` is aborted before that. */
async function whenUnwanted(key: ResponseKey, store: ResponseStore, signal: AbortSignal): Promise<void> {
  for (;;) {
    await delay(watchInterval, undefined, { signal });
    if ((await store.status(key)) !== 'in_progress') return;
  }
}

function openCall({ callerId, id }: ResponseKey, remainingMilliseconds: () => number, logger: Logger): Call {
  let facts: LogFields = { response: id, caller: callerId };
  return {
    requestId: id,
    caller: { id: callerId, role: 'user' },
    parameters: {},
    query: {},
    headers: {},
    body: undefined,
    background: new Background(logger),
    remainingMilliseconds,
    wasQueued: true,
    note: (more) => {
      facts = { ...facts, ...more };
      if ('finishReason' in more || 'brokenBy' in more) logger.info('background response', facts);
    },
  };
}
