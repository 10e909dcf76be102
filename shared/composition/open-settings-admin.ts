import { AuditLog } from '../admin/audit/audit-log.ts';
import { SettingsDesk } from '../admin/settings/settings-desk.ts';
import { createSettingsRoutes } from '../admin/settings/settings-routes.ts';
import { SettingsLog } from '../live-settings/settings-log.ts';
import type { LiveControl } from './live-composition.ts';
import type { Access } from './open-access.ts';

/** The handlers of the admin API's paths for settings. */
export function openSettingsAdmin({ table }: Access, { environment, refresh }: LiveControl) {
  const desk = new SettingsDesk({ log: new SettingsLog(table), environment, changed: refresh });
  return createSettingsRoutes(desk, environment, new AuditLog(table));
}
