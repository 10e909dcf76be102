import { randomBytes } from 'node:crypto';
import { AuditLog } from '../../../../shared/admin/audit/audit-log.ts';
import { createBackupRoutes } from '../../../../shared/admin/backup/backup-routes.ts';
import { openSettingsStore } from '../../../../shared/admin/backup/open-settings-store.ts';
import { Background } from '../../../../shared/http/background.ts';
import type { Call } from '../../../../shared/http/invocation.ts';
import { createLogger } from '../../../../shared/logging/logger.ts';
import { AliasTable } from '../../../../shared/models/alias-table.ts';
import { SecretBox } from '../../../../shared/secrets/secret-box.ts';
import type { Table } from '../../../../shared/store/table.ts';

/** What a test can do with one gateway's backup routes. Each gateway has a secret key of its own. */
export type BackupDoor = ReturnType<typeof openDoor>;

type Path = 'export' | 'import' | 'import/preview';

export function openDoor(table: Table) {
  const key = randomBytes(32);
  const secretBox = new SecretBox(async () => key);
  const audit = new AuditLog(table);
  const routes = createBackupRoutes({
    table,
    secretBox,
    audit,
    aliases: new AliasTable({ table, initial: [] }),
    settings: openSettingsStore({ table, environment: {}, changed: async () => {} }),
    version: '0.0.0-test',
    initialAliases: [],
    keysChanged: async () => {},
  });
  return {
    table,
    secretBox,
    audit,
    /** The answer's JSON, for looking into. @throws GatewayError */
    async call(path: Path, body: unknown = {}, milliseconds = 60_000) {
      const { body: text } = await routes[`POST /admin/${path}`](callOf(body, milliseconds));
      if (typeof text !== 'string') throw new TypeError('a stream');
      return JSON.parse(text);
    },
  };
}

function callOf(body: unknown, milliseconds: number): Call {
  return {
    requestId: 'request-1',
    caller: { id: 'key-000000000001', role: 'admin' },
    parameters: {},
    query: {},
    headers: {},
    body: JSON.parse(JSON.stringify(body)),
    background: new Background(createLogger('error')),
    remainingMilliseconds: () => milliseconds,
    note: () => {},
  };
}
