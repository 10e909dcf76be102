import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import type { CallMeter } from '../chat/call-meter.ts';
import type { CallerLimits } from '../chat/caller-limits.ts';
import type { CallerToken } from '../chat/caller-token.ts';
import type { ConversationMode } from '../chat/conversation-mode.ts';
import type { LogFields, Logger } from '../logging/logger.ts';
import type { RouteGroup } from '../routes/route-groups.ts';
import { Background } from './background.ts';
import type { RouteMatch } from './match-route.ts';

/**
 * Who calls: a gateway key, whoever has brought tokens of their own, or nobody in particular in open mode and on public
 * routes.
 */
export interface Caller {
  readonly id: string;
  readonly role: 'admin' | 'user';
  /** What the caller's requests are served with, in place of the gateway's accounts; at least one. */
  readonly tokens?: readonly CallerToken[];
  /** Names of the models that the caller may ask for, with `*` at the end for any further text; all when absent. */
  readonly models?: readonly string[];
  /** The parts of the API that the caller may use; all when absent. */
  readonly routes?: readonly RouteGroup[];
  /** What is done with conversations that the caller sends again; the deployment's setting counts when absent. */
  readonly conversations?: ConversationMode;
  /** How much the caller may use; as much as there is when absent. */
  readonly limits?: CallerLimits;
}

/** One request on its way through the middlewares, which fill in what they find out. */
export interface Invocation {
  readonly event: LambdaFunctionURLEvent;
  /** Shown to the caller as `x-request-id`, and in every log line. */
  readonly requestId: string;
  /** `performance.now()` at the start. */
  readonly startedAt: number;
  readonly background: Background;
  readonly remainingMilliseconds: () => number;
  match?: RouteMatch;
  caller?: Caller;
  body?: unknown;
  /** Why the body can't be read. */
  unreadable?: unknown;
  /** What the request's log line tells beside the usual. */
  facts: LogFields;
  /** Sent with the answer, whatever it is. */
  answerHeaders?: Readonly<Record<string, string>>;
}

export function openInvocation(event: LambdaFunctionURLEvent, context: Context, logger: Logger): Invocation {
  return {
    event,
    requestId: event.requestContext.requestId,
    startedAt: performance.now(),
    background: new Background(logger),
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    facts: {},
  };
}

/** A request that has passed the middlewares: what a route's handler works with. */
export interface Call {
  readonly requestId: string;
  readonly caller: Caller;
  /** What the `{…}` segments of the path held. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body, `undefined` without one; a MultipartBody on routes that take forms. */
  readonly body: unknown;
  readonly background: Background;
  /** Until the function is stopped. */
  readonly remainingMilliseconds: () => number;
  /** Adds to the request's log line. */
  readonly note: (facts: LogFields) => void;
  /** Adds headers to the answer, whatever it will be. */
  readonly tell?: (headers: Readonly<Record<string, string>>) => void;
  /** Counts what the call uses; absent on routes that use nothing. */
  readonly meter?: CallMeter;
  /** Whether another request has queued this one, and has reserved for it, if its caller has limits. */
  readonly wasQueued?: true;
  /** Whether what is said is kept for some days, because the owner has asked for that. */
  readonly isRecorded?: true;
}
