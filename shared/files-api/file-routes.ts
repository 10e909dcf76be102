import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ObjectLinks } from '../objects/object-links.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { FileNotFoundError } from '../stored-files/file-errors.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';
import { isFileId } from '../stored-files/stored-ids.ts';
import { createCreateFile, type FileCreation } from './create-file.ts';
import { describeFileObject } from './describe-file-object.ts';
import { fileContent } from './file-content.ts';
import { listFiles } from './list-files.ts';
import { settlePending } from './settle-pending.ts';

export interface FileRoutesOptions extends FileCreation {
  readonly objects: Pick<ObjectStore, 'put' | 'head' | 'delete'>;
  readonly links: Pick<ObjectLinks, 'signGet'>;
}

/** The handlers of OpenAI's files API (client-apis C.1). */
export function createFileRoutes(options: FileRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const { rows, objects, links } = options;
  const find = async ({ caller, parameters: { id = '' } }: Call): Promise<StoredFile> => {
    const file = isFileId(id) ? await rows.find(caller.id, id) : undefined;
    if (file === undefined) throw new FileNotFoundError(id);
    return settlePending(file, caller.id, rows, objects);
  };
  return {
    'POST /v1/files': createCreateFile(options),
    'GET /v1/files': async (call) => jsonResponse(await listFiles(rows, call)),
    'GET /v1/files/{id}': async (call) => jsonResponse(describeFileObject(await find(call))),
    'DELETE /v1/files/{id}': async (call) => {
      const { id } = await find(call);
      const file = await rows.remove(call.caller.id, id);
      if (file === undefined) throw new FileNotFoundError(id);
      if (file.place.type === 'bucket') call.background.add('delete file', objects.delete(file.place.key));
      return jsonResponse({ id, object: 'file', deleted: true });
    },
    'GET /v1/files/{id}/content': async (call) => fileContent(await find(call), links),
  };
}
