import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import type { ImportRows } from './import-rows.ts';
import type { StartRun } from './import-runs.ts';
import { parseImport } from './parse-import.ts';

export interface StartImportOptions {
  readonly rows: ImportRows;
  readonly audit: AuditLog;
  readonly startRun: StartRun;
  /** Sign-ins at once, when the request does not say. */
  readonly concurrency: number;
}

const concurrencyField = z.object({ concurrency: z.optional(z.int().check(z.gte(1), z.lte(20))) });

/** `POST /admin/imports`: takes accounts in and answers at once; a state machine does the rest. */
export function createStartImport({ rows, audit, startRun, concurrency }: StartImportOptions): RouteHandler {
  return async (call) => {
    const { entries, warnings } = parseImport(call.body);
    if (entries.length === 0) throw new InvalidRequestError(`No entry could be taken. ${warnings[0] ?? ''}`);
    const maxConcurrency = readConcurrency(call.body) ?? concurrency;
    const id = `import-${randomBytes(9).toString('hex')}`;
    const act = { act: 'import.start', target: id, details: `${entries.length} accounts` };
    return audited(audit, call, act, async () => {
      await rows.create(id, entries);
      try {
        await startRun({ importId: id, items: entries.map((_, item) => item), maxConcurrency });
      } catch (error) {
        // What nobody will work on must not lie about with its secrets.
        await rows.finish(id, 'the import could not be started');
        throw error;
      }
      const result = { object: 'account.import', id, state: 'running', total: entries.length, warnings };
      return { result: jsonResponse(result, 202, { location: `/admin/imports/${id}` }) };
    });
  };
}

function readConcurrency(body: unknown): number | undefined {
  if (Array.isArray(body)) return undefined;
  const read = z.safeParse(concurrencyField, body);
  if (read.success) return read.data.concurrency;
  throw new InvalidRequestError("'concurrency' must be a whole number from 1 to 20.", { param: 'concurrency' });
}
