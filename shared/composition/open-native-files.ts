import { AccountFiles } from '../files/account-files.ts';
import { UploadRows } from '../files/upload-rows.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { createGiveToken } from '../native-files/give-token.ts';
import { createSignFile } from '../native-files/sign-file.ts';
import { SignedUploads } from '../native-files/signed-uploads.ts';
import { createUploadFile } from '../native-files/upload-file.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment } from '../read-settings.ts';
import { FileRows } from '../stored-files/file-rows.ts';
import type { Access } from './open-access.ts';
import type { Upstream } from './open-upstream.ts';

/** The handlers of every path about files in the native form. */
export function openNativeFiles(
  { settings, table, logger }: Access,
  { means }: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const now = Date.now;
  const rows = new FileRows(table, now);
  const uploads = new SignedUploads({
    means,
    links: new ObjectLinks(environment),
    rows,
    fileDays: settings.integer('FILE_DAYS'),
    now,
  });
  const files = new AccountFiles({
    rows: new UploadRows(table, now),
    onStoreError: (error) => logger.warn('upload not stored', { error }),
  });
  return {
    'POST /api/files/upload': createUploadFile({ means, files, rows, now }),
    'POST /api/files/sign': createSignFile(uploads),
    'POST /api/files/getstsToken': createGiveToken(uploads),
  };
}
