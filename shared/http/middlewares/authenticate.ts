import { AuthenticationError } from '../../chat/errors/request-errors.ts';
import { isSessionToken } from '../../chat/session-token.ts';
import type { Route } from '../../routes.ts';
import type { Caller } from '../invocation.ts';
import { presentedKey } from '../presented-key.ts';
import type { Middleware } from './middleware.ts';

/**
 * Who calls a route, if they may.
 *
 * @throws AuthenticationError, KeyExpiredError, PermissionDeniedError
 */
export type Authorize = (
  presentedKey: string | undefined,
  route: Pick<Route, 'access' | 'function'>,
) => Promise<Caller>;

/** Lets in who may call the route. Closed unless `authorize` says otherwise. */
export function authenticate(authorize: Authorize): Middleware {
  return {
    before: async ({ event: invocation }) => {
      const { match, event } = invocation;
      if (match === undefined) throw new Error('Keys are checked after the route is found.');
      const presented = presentedKey(event.headers, event.queryStringParameters);
      // Proxies and browsers write URLs down.
      const isInUrl = presented !== undefined && presentedKey(event.headers) === undefined;
      if (isInUrl && isSessionToken(presented)) throw inUrlError();
      const caller = await authorize(presented, match.route);
      if (caller.tokens !== undefined && isInUrl) throw inUrlError();
      invocation.caller = caller;
    },
  };
}

function inUrlError(): AuthenticationError {
  return new AuthenticationError('Send tokens in a header: others could read them in the URL.');
}
