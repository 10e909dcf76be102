import middy from '@middy/core';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import type { DialectName } from '../chat/dialect.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Logger } from '../logging/logger.ts';
import { defaultFunction, type FunctionName, type Route, routes } from '../routes.ts';
import type { HttpResponse } from './http-response.ts';
import { type Call, type Invocation, openInvocation } from './invocation.ts';
import { logRequest } from './log-request.ts';
import { answerErrors } from './middlewares/answer-errors.ts';
import { answerPreflight } from './middlewares/answer-preflight.ts';
import { type Authorize, authenticate } from './middlewares/authenticate.ts';
import { checkOrigin } from './middlewares/check-origin.ts';
import { commonHeaders } from './middlewares/common-headers.ts';
import { findRoute } from './middlewares/find-route.ts';
import { parseBody } from './middlewares/parse-body.ts';
import { writeResponse } from './write-response.ts';

/** Answers one route. Throws `GatewayError`s for everything that goes wrong before the first byte. */
export type RouteHandler = (call: Call) => Promise<HttpResponse>;

/** Answers a route by its handler, or without it where the caller's `Idempotency-Key` stands for an answer already. */
export type AnswerRoute = (route: Route, call: Call, handle: RouteHandler) => Promise<HttpResponse>;

/** `METHOD /path`, as in the route table. */
export type RouteKey = `${Route['method']} ${string}`;

/** What every endpoint is made with; opened once per execution environment. */
export interface EndpointOptions {
  readonly logger: Logger;
  readonly authorize: Authorize;
  readonly renderError: (dialect: DialectName, error: GatewayError, requestId: string) => object;
  readonly answerRoute: AnswerRoute;
  /** Counts what a route's requests use. */
  readonly meterRoute: (route: Route, handle: RouteHandler) => RouteHandler;
  /** Bytes. */
  readonly maximumBody: number;
  /** What requests through the edge carry in `x-origin-secret`; empty when there is no edge. */
  readonly originSecret: string;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Resolves when nothing runs in the background any more: a frozen function would leave it hanging. */
  readonly flush: () => Promise<void>;
}

/** What answers one invocation. */
export type Answer = (
  event: LambdaFunctionURLEvent,
  stream: awslambda.HttpResponseStream,
  context: Context,
) => Promise<void>;

/**
 * Makes what answers for one function out of the handlers of its routes.
 *
 * @param flush resolves when what the function opened beside `options` rests.
 * @throws Error at start-up, when the handlers are not exactly those that the route table gives this function.
 */
export function createAnswer(
  name: FunctionName,
  handlers: Readonly<Record<RouteKey, RouteHandler>>,
  options: EndpointOptions,
  flush: () => Promise<void> = () => Promise.resolve(),
): Answer {
  const own = ownRoutes(name, handlers);
  const pipeline = middy<Invocation, HttpResponse>(
    (invocation: Invocation) => dispatch(invocation, handlers, options),
    {
      timeoutEarlyInMillis: 0,
    },
  )
    .use(commonHeaders(options.headers))
    .use(answerErrors(options.renderError, options.logger))
    .use(checkOrigin(options.originSecret))
    .use(answerPreflight())
    .use(findRoute(own, name === defaultFunction))
    .use(authenticate(options.authorize))
    .use(parseBody(options.maximumBody));
  return async (event, stream, context) => {
    const invocation = openInvocation(event, context, options.logger);
    const response = await pipeline(invocation, context);
    await writeResponse(stream, response);
    await invocation.background.settled();
    await Promise.all([options.flush(), flush()]);
    logRequest(options.logger, invocation, response.statusCode);
  };
}

function ownRoutes(name: FunctionName, handlers: Readonly<Record<RouteKey, RouteHandler>>): readonly Route[] {
  const own = routes.filter((route) => route.function === name);
  const wanted = own.map(keyOf).sort().join(', ');
  const given = Object.keys(handlers).sort().join(', ');
  if (wanted !== given) throw new Error(`${name} handles [${given}], but the route table gives it [${wanted}]`);
  return own;
}

const keyOf = ({ method, path }: Route): RouteKey => `${method} ${path}`;

function dispatch(
  invocation: Invocation,
  handlers: Readonly<Record<RouteKey, RouteHandler>>,
  { answerRoute, meterRoute }: Pick<EndpointOptions, 'answerRoute' | 'meterRoute'>,
): Promise<HttpResponse> {
  const { match, caller } = invocation;
  const handle = match && handlers[keyOf(match.route)];
  if (match === undefined || caller === undefined || handle === undefined) {
    throw new Error('A request reached its handler without a route or a caller.');
  }
  const call: Call = {
    requestId: invocation.requestId,
    caller,
    parameters: match.parameters,
    query: invocation.event.queryStringParameters ?? {},
    headers: invocation.event.headers,
    body: invocation.body,
    background: invocation.background,
    remainingMilliseconds: invocation.remainingMilliseconds,
    note: (facts) => {
      invocation.facts = { ...invocation.facts, ...facts };
    },
    tell: (headers) => {
      invocation.answerHeaders = { ...invocation.answerHeaders, ...headers };
    },
  };
  const { unreadable } = invocation;
  if (unreadable !== undefined) return meterRoute(match.route, () => Promise.reject(unreadable))(call);
  // What is repeated is not counted again.
  return answerRoute(match.route, call, meterRoute(match.route, handle));
}
