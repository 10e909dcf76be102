import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { Call } from '../../http/invocation.ts';
import type { ModelAlias } from '../../models/model-alias.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { KeyDesk } from '../keys/key-desk.ts';
import { type CollectOptions, collectExport } from './collect-export.ts';
import { importDocument } from './import-document.ts';
import { describeItems } from './import-item.ts';
import { parseExportBody, parseImportBody } from './parse-backup.ts';
import { readDocument } from './read-document.ts';
import { sealSecrets } from './seal-secrets.ts';

/** Milliseconds in which items of an import begin: the edge waits 60 s for an answer. */
const beginWithin = 40_000;
/** Milliseconds before the function's end from which on no item begins. */
const endAhead = 10_000;

export interface BackupRoutesOptions extends CollectOptions {
  readonly audit: AuditLog;
  /** Aliases of the setting. */
  readonly initialAliases: readonly ModelAlias[];
  /** Lets changed keys count here at once. */
  readonly keysChanged: () => Promise<void>;
}

/** The admin API's paths `/admin/export`, `/admin/import` and `/admin/import/preview`. */
export function createBackupRoutes(options: BackupRoutesOptions) {
  const preview: RouteHandler = async (call) => jsonResponse(await performImport(options, call, false));
  const run: RouteHandler = (call) => {
    const act = { act: 'backup.import' };
    return audited(options.audit, call, act, async () => {
      const answer = await performImport(options, call, true);
      await options.keysChanged();
      const counts = Object.entries(answer.counts).map(([outcome, count]) => `${count} ${outcome}`);
      return { result: jsonResponse(answer), details: `${answer.format}: ${counts.join(', ')}` };
    });
  };
  return {
    'POST /admin/export': createExport(options),
    'POST /admin/import': run,
    'POST /admin/import/preview': preview,
  } as const;
}

function createExport(options: BackupRoutesOptions): RouteHandler {
  return (call) => {
    const { passphrase, ...wish } = parseExportBody(call.body);
    const act = { act: 'backup.export', details: passphrase === undefined ? 'without secrets' : 'with secrets' };
    return audited(options.audit, call, act, async () => {
      const now = Date.now();
      const { document, secrets } = await collectExport(options, wish, now);
      const sealed = passphrase === undefined ? null : await sealSecrets(secrets, passphrase, document);
      const name = `qwen-gateway-${new Date(now).toISOString().slice(0, 10)}.json`;
      const headers = { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' };
      return { result: jsonResponse({ ...document, secrets: sealed }, 200, headers) };
    });
  };
}

async function performImport(options: BackupRoutesOptions, call: Call, write: boolean) {
  const { document, passphrase, mode, admins } = parseImportBody(call.body);
  const until = performance.now() + Math.min(beginWithin, call.remainingMilliseconds() - endAhead);
  const incoming = await readDocument(document, passphrase);
  const { table, secretBox, settings, initialAliases } = options;
  const context = {
    table,
    secretBox,
    settings,
    mode,
    admins,
    write,
    by: call.caller.id,
    now: Date.now(),
    hasTime: () => performance.now() < until,
  };
  // What is changed counts here after the last of them.
  const desk = new KeyDesk({ table, changed: async () => {} });
  const items = await importDocument(incoming, { context, desk, initialAliases });
  const { format, madeAt } = incoming;
  return { object: 'backup.import', preview: !write, format, made_at: madeAt, mode, ...describeItems(items) };
}
