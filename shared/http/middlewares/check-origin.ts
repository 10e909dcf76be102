import { PermissionDeniedError } from '../../chat/errors/request-errors.ts';
import { equalSecrets } from '../equal-secrets.ts';
import type { Middleware } from './middleware.ts';

/** Lets only the edge in, when there is one: everybody else would go round its protection. */
export function checkOrigin(originSecret: string): Middleware {
  return {
    before: (request) => {
      if (originSecret === '') return;
      const presented = request.event.event.headers['x-origin-secret'] ?? '';
      if (!equalSecrets(presented, originSecret)) {
        throw new PermissionDeniedError('This function answers through the gateway’s own base URL only.');
      }
    },
  };
}
