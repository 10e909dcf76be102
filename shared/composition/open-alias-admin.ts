import { createAliasRoutes } from '../admin/aliases/alias-routes.ts';
import { AuditLog } from '../admin/audit/audit-log.ts';
import { builtInAliases } from '../models/built-in-aliases.ts';
import type { Access } from './open-access.ts';
import type { Upstream } from './open-upstream.ts';

/** The handlers of the admin API's path for aliases. */
export function openAliasAdmin({ table, settings }: Access, { aliases, catalogue }: Upstream) {
  const builtIn = builtInAliases(settings.text('DEFAULT_MODEL'));
  return createAliasRoutes({ aliases, catalogue, audit: new AuditLog(table), builtIn });
}
