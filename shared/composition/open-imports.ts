import { createAddVerified } from '../admin/accounts/verified-account.ts';
import { ImportRows } from '../admin/imports/import-rows.ts';
import { createImportWorker, type ImportTask } from '../admin/imports/import-worker.ts';
import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createUpstream } from './create-upstream.ts';
import type { Access } from './open-access.ts';

export { readImportTask } from '../admin/imports/import-worker.ts';

/** @returns does one step of a bulk import. */
export function openImports({ settings, table, logger }: Access, environment: Environment) {
  const secretBox = openSecretBox(environment);
  const addVerified = createAddVerified({ table, secretBox, upstream: createUpstream(settings) });
  const work: (task: ImportTask) => Promise<void> = createImportWorker({
    rows: new ImportRows(table, secretBox),
    addAccount: (entry) => addVerified(entry, 'import'),
    logger,
  });
  return work;
}
