import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AliasTable, OwnedAliases } from '../../models/alias-table.ts';
import type { ModelAlias } from '../../models/model-alias.ts';
import type { ModelCatalogue } from '../../models/model-catalogue.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { parseAliases } from './parse-aliases.ts';

export interface AliasRoutesOptions {
  readonly aliases: AliasTable;
  readonly catalogue: Pick<ModelCatalogue, 'models'>;
  readonly audit: AuditLog;
  /** Those that hold beside the owner's. */
  readonly builtIn: readonly ModelAlias[];
}

/** The admin API's path `/admin/model-aliases`. */
export function createAliasRoutes({ aliases, catalogue, audit, builtIn }: AliasRoutesOptions) {
  const describe = ({ aliases: own, source }: OwnedAliases) =>
    jsonResponse({ object: 'model.aliases', source, aliases: own, built_in: builtIn });

  const show: RouteHandler = async () => describe(await aliases.read());

  /** Puts a whole list in the place of the one before. The order counts. */
  const replace: RouteHandler = async (call) => {
    const wanted = parseAliases(call.body, await catalogue.models());
    const details = `${wanted.length} aliases`;
    return audited(audit, call, { act: 'model-aliases.replace', details }, async () => {
      await aliases.replace(wanted);
      return { result: describe({ aliases: wanted, source: 'table' }) };
    });
  };

  return { 'GET /admin/model-aliases': show, 'PUT /admin/model-aliases': replace } as const;
}
