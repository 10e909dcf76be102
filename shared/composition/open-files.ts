import { createFileRoutes } from '../files-api/file-routes.ts';
import { createUploadRoutes } from '../files-api/upload-routes.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import { ObjectReader } from '../objects/object-reader.ts';
import { ObjectStore } from '../objects/object-store.ts';
import { FileRows } from '../stored-files/file-rows.ts';
import { PartedUploads } from '../stored-files/parted-uploads.ts';
import type { Access } from './open-access.ts';

/** The handlers of every path of the files and uploads APIs. */
export function openFiles({ environment, settings, table }: Access): Readonly<Record<RouteKey, RouteHandler>> {
  const links = new ObjectLinks(environment);
  const options = {
    rows: new FileRows(table),
    uploads: new PartedUploads(table),
    objects: new ObjectStore(environment),
    reader: new ObjectReader(links),
    links,
    keepDays: settings.integer('FILE_DAYS'),
    now: Date.now,
  };
  return { ...createFileRoutes(options), ...createUploadRoutes(options) };
}
