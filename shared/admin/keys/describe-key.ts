import type { StoredKey } from '../../keys/gateway-key.ts';
import { describeLimits } from './key-limits.ts';

/** A key as the admin API shows it: an empty list is no limit. */
export function describeKey(key: StoredKey, now: number): object {
  const { id, name, role, source, expiresAt, models = [], routes = [], conversations = null, createdAt } = key;
  return {
    object: 'key',
    id,
    name,
    role,
    source,
    state: stateOf(key, now),
    expires_at: isoTime(expiresAt),
    models,
    routes,
    conversations,
    limits: describeLimits(key.limits),
    created_at: isoTime(createdAt),
  };
}

/** `blocked`: its row names models or parts of the API that can't be read, so the key is good for none. */
function stateOf({ expiresAt, models, routes }: StoredKey, now: number): 'ok' | 'expired' | 'blocked' {
  if (expiresAt !== undefined && expiresAt <= now) return 'expired';
  return models?.length === 0 || routes?.length === 0 ? 'blocked' : 'ok';
}

function isoTime(epochMilliseconds: number | undefined): string | null {
  return epochMilliseconds === undefined ? null : new Date(epochMilliseconds).toISOString();
}
