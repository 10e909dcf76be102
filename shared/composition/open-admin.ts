import { AccountDesk } from '../admin/accounts/account-desk.ts';
import { createAccountRoutes } from '../admin/accounts/account-routes.ts';
import { createAddVerified } from '../admin/accounts/verified-account.ts';
import { AuditLog } from '../admin/audit/audit-log.ts';
import { createAuditRoutes } from '../admin/audit/audit-routes.ts';
import { ImportRows } from '../admin/imports/import-rows.ts';
import { createStartRun } from '../admin/imports/import-runs.ts';
import { createFollowImport, createShowImport } from '../admin/imports/show-import.ts';
import { createStartImport } from '../admin/imports/start-import.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createUpstream } from './create-upstream.ts';
import type { Access } from './open-access.ts';
import { openRenewals } from './open-renewals.ts';

/** The handlers of every path of the admin API. */
export function openAdmin(access: Access, environment: Environment): Readonly<Record<RouteKey, RouteHandler>> {
  const { settings, table } = access;
  const secretBox = openSecretBox(environment);
  const upstream = createUpstream(settings);
  const audit = new AuditLog(table);
  const importRows = new ImportRows(table, secretBox);
  const desk = new AccountDesk({ ...openRenewals(access, environment), table, secretBox, upstream });
  return {
    ...createAccountRoutes({ desk, audit, addVerified: createAddVerified({ table, secretBox, upstream }) }),
    'POST /admin/imports': createStartImport({
      rows: importRows,
      audit,
      startRun: createStartRun(environment),
      concurrency: settings.integer('BATCH_LOGIN_CONCURRENCY'),
    }),
    'GET /admin/imports/{id}': createShowImport(importRows),
    'GET /admin/imports/{id}/events': createFollowImport(importRows),
    ...createAuditRoutes(audit),
  };
}
