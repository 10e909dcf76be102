import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import { createAnswer, type RouteHandler, type RouteKey } from '../http/endpoint.ts';
import type { FunctionName } from '../routes.ts';
import { LiveComposition, type LiveControl } from './live-composition.ts';
import type { Access } from './open-access.ts';
import { openEndpoint } from './open-endpoint.ts';

/** What one function answers with. */
export interface OpenedRoutes {
  readonly handlers: Readonly<Record<RouteKey, RouteHandler>>;
  /** Resolves when what was opened for them rests. */
  readonly flush?: () => Promise<void>;
}

/**
 * Makes the handler of one function, which follows the settings while it runs.
 *
 * @param open is called again when the settings have changed.
 * @throws Error at start-up, as `createAnswer` does.
 */
export function liveEndpoint(name: FunctionName, open: (access: Access, live: LiveControl) => OpenedRoutes) {
  const live = new LiveComposition(
    (access, control) => {
      const { handlers, flush } = open(access, control);
      return createAnswer(name, handlers, openEndpoint(access), flush);
    },
    { environment: process.env },
  );
  return awslambda.streamifyResponse<LambdaFunctionURLEvent, void>(async (event, stream, context: Context) => {
    const current = live.current();
    const answer = current instanceof Promise ? await current : current;
    await answer(event, stream, context);
    await live.idle();
  });
}
