import { AuditLog } from '../admin/audit/audit-log.ts';
import { KeyDesk } from '../admin/keys/key-desk.ts';
import { createKeyRoutes } from '../admin/keys/key-routes.ts';
import { SessionDesk } from '../admin/sessions/session-desk.ts';
import { createSessionRoutes } from '../admin/sessions/session-routes.ts';
import type { Access } from './open-access.ts';

/** The handlers of the admin API's paths for gateway keys and sessions. */
export function openKeyAdmin({ table, keys, metering }: Access) {
  const changed = () => keys.refresh();
  const desk = new KeyDesk({ table, changed });
  const audit = new AuditLog(table);
  const sessions = new SessionDesk({ table, changed });
  return { ...createKeyRoutes(desk, audit, metering.meters), ...createSessionRoutes(sessions, desk, audit) };
}
