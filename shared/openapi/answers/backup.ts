import { exportDocument } from '../../admin/backup/export-document.ts';
import { count, flag, isoTime, listOf, named, object, oneOf, only, orNull, text } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';

/** Everything, its secrets encrypted: read by the same schema that an import reads it with. */
export const backupDocument = requestSchema('ExportDocument', exportDocument);

const item = object({
  kind: oneOf('setting', 'alias', 'webhook', 'key', 'account', 'usage', 'document'),
  name: text,
  id: orNull(text),
  outcome: oneOf('added', 'changed', 'unchanged', 'skipped', 'failed', 'left'),
  reason: orNull(text),
});

/** What became, or would become, of each thing of a document. */
export const backupImport = named(
  'BackupImport',
  object({
    object: only('backup.import'),
    preview: flag,
    format: text,
    made_at: orNull(isoTime),
    mode: oneOf('merge', 'replace-none'),
    counts: object({ added: count, changed: count, unchanged: count, skipped: count, failed: count, left: count }),
    data: listOf(item),
  }),
);
