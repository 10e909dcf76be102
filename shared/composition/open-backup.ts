import { AuditLog } from '../admin/audit/audit-log.ts';
import { createBackupRoutes } from '../admin/backup/backup-routes.ts';
import { openSettingsStore } from '../admin/backup/open-settings-store.ts';
import { AliasTable } from '../models/alias-table.ts';
import { readAliasSetting } from '../models/read-aliases.ts';
import { splitList } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import type { LiveControl } from './live-composition.ts';
import type { Access } from './open-access.ts';

/** The handlers of the admin API's paths for export and import. @param version of the gateway. */
export function openBackup({ environment, settings, table, keys }: Access, live: LiveControl, version: string) {
  const initialAliases = readAliasSetting(splitList(settings.text('MODEL_ALIASES')));
  return createBackupRoutes({
    table,
    secretBox: openSecretBox(environment),
    aliases: new AliasTable({ table, initial: initialAliases }),
    settings: openSettingsStore({ table, environment: live.environment, changed: () => live.refresh() }),
    version,
    audit: new AuditLog(table),
    initialAliases,
    keysChanged: () => keys.refresh(),
  });
}
