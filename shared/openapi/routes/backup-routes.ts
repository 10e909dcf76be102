import { exportBody, importBody } from '../../admin/backup/parse-backup.ts';
import { backupDocument, backupImport } from '../answers/backup.ts';
import { secretErrors } from '../error-topics.ts';
import { requestSchema } from '../request-schema.ts';
import type { RouteDocument, RouteDocuments } from '../route-document.ts';

const document = '{"accounts": [{"email": "three@example.com", "password": "correct horse"}]}';

const run: RouteDocument = {
  tag: 'Admin: gateway',
  summary: 'Import everything',
  description:
    'An export of a gateway, or a file of the projects that it comes from. What there was no time for is `left`: send it again.',
  body: { json: requestSchema('ImportRequest', importBody), example: { document } },
  answers: { 200: { description: 'What became of each thing.', json: backupImport } },
  errors: [...secretErrors, 'export_unreadable'],
};

/** Everything at once. */
export const backupRoutes = {
  'POST /admin/export': {
    tag: 'Admin: gateway',
    summary: 'Export everything',
    description: 'Without secrets, or with them encrypted by a passphrase.',
    body: { json: requestSchema('ExportRequest', exportBody), isOptional: true, example: { usage: true } },
    answers: { 200: { description: 'The document.', json: backupDocument } },
    errors: secretErrors,
  },
  'POST /admin/import': run,
  'POST /admin/import/preview': {
    ...run,
    summary: 'See what an import would do',
    answers: { 200: { description: 'What would become of each thing.', json: backupImport } },
  },
} as const satisfies RouteDocuments;
