import { AuditLog } from '../admin/audit/audit-log.ts';
import { KeyDesk } from '../admin/keys/key-desk.ts';
import { createKeyRoutes } from '../admin/keys/key-routes.ts';
import type { Access } from './open-access.ts';

/** The handlers of the admin API's paths for gateway keys. */
export function openKeyAdmin({ table, keys }: Access) {
  return createKeyRoutes(new KeyDesk({ table, changed: () => keys.refresh() }), new AuditLog(table));
}
