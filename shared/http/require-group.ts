import { PermissionDeniedError } from '../chat/errors/request-errors.ts';
import type { RouteGroup } from '../routes/route-groups.ts';
import type { Caller } from './invocation.ts';

/**
 * Holds a caller to the parts of the API that its key has. Asked for each route, and again where a route makes what
 * belongs to another part, as a chat that makes a picture.
 *
 * @throws PermissionDeniedError
 */
export function requireGroup({ routes }: Pick<Caller, 'routes'>, group: RouteGroup): void {
  if (routes === undefined || routes.includes(group)) return;
  const allowed = routes.length === 0 ? 'nothing' : routes.join(', ');
  throw new PermissionDeniedError(`This key is not for ${group}; it is for ${allowed}. Ask the owner for another one.`);
}
