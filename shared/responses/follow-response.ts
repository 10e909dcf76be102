import { setTimeout as delay } from 'node:timers/promises';
import { ResponseReplay } from '../dialects/openai-responses/replay-response.ts';
import { eventStreamResponse, type HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ResponseContent } from './response-content.ts';
import { isOver, type ResponseKey, type ResponseStore } from './response-store.ts';

/** Milliseconds between two looks at a response that is being made. */
const pollInterval = 1_000;
/** Milliseconds that are kept for ending the stream. */
const reserve = 10_000;

/** Streams the events of a response, from behind the one with the number `after`. */
export type FollowResponse = (
  call: Call,
  key: ResponseKey,
  found: ResponseContent,
  after: number,
) => Promise<HttpResponse>;

export interface FollowOptions {
  readonly store: ResponseStore;
  /** Milliseconds of silence after which the stream gets an empty event. */
  readonly idleAfter: number;
}

/**
 * A response that is being made is waited for. When this function's time is over first, the stream just ends, and the
 * reader comes back with the number of its last event.
 */
export function createFollowResponse({ store, idleAfter }: FollowOptions): FollowResponse {
  return async (call, key, found, after) => {
    const replay = new ResponseReplay(after);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), Math.max(0, call.remainingMilliseconds() - reserve));
    const waiting = { store, key, found, replay, signal: controller.signal, end: () => clearTimeout(timer) };
    return eventStreamResponse({
      pieces: pieces(waiting),
      idle: () => replay.idle(found.response),
      idleAfter,
      abandon: () => controller.abort(),
    });
  };
}

interface Waiting {
  readonly store: ResponseStore;
  readonly key: ResponseKey;
  readonly found: ResponseContent;
  readonly replay: ResponseReplay;
  readonly signal: AbortSignal;
  readonly end: () => void;
}

async function* pieces({ store, key, found, replay, signal, end }: Waiting): AsyncGenerator<string, void, undefined> {
  try {
    const begin = replay.begin(found.response);
    if (begin !== '') yield begin;
    await whenOver(store, key, signal);
    if (signal.aborted) return;
    const done = await store.find(key);
    if (done !== undefined) yield replay.end(done.response);
  } catch {
    // The table can't be read: the stream ends without its last event, which readers take for what it is.
  } finally {
    end();
  }
}

async function whenOver(store: ResponseStore, key: ResponseKey, signal: AbortSignal): Promise<void> {
  for (;;) {
    const status = await store.status(key);
    if (status === undefined || isOver(status) || signal.aborted) return;
    await delay(pollInterval, undefined, { signal }).catch(() => {});
  }
}
