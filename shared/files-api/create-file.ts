import { createHash } from 'node:crypto';
import { fileTypeOf } from '../files/file-type.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { fileObjectKey } from '../stored-files/file-object-key.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';
import { newFileId } from '../stored-files/stored-ids.ts';
import { describeFileObject } from './describe-file-object.ts';
import { endOfFile } from './read-expiry.ts';
import { readFileForm } from './read-file-form.ts';
import { refuseBroughtTokens } from './refuse-brought-tokens.ts';

export interface FileCreation {
  readonly rows: FileRows;
  readonly objects: Pick<ObjectStore, 'put'>;
  /** Days that the bucket keeps files. */
  readonly keepDays: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `POST /v1/files`: the bytes come first, then the row, so that no row points at nothing. */
export function createCreateFile({ rows, objects, keepDays, now }: FileCreation): RouteHandler {
  return async ({ caller, body, note }) => {
    refuseBroughtTokens(caller);
    const { name, bytes, purpose, lifetime } = await readFileForm(body);
    const createdAt = now();
    const id = newFileId(createdAt);
    const key = fileObjectKey(caller.id, id);
    const mediaType = fileTypeOf(bytes, name)?.mediaType ?? 'application/octet-stream';
    await objects.put(key, bytes, { mediaType });
    const file: StoredFile = {
      id,
      name,
      bytes: bytes.length,
      purpose,
      mediaType,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      createdAt,
      expiresAt: endOfFile(createdAt, lifetime, keepDays),
      status: 'uploaded',
      place: { type: 'bucket', key },
    };
    await rows.create(caller.id, file);
    note({ file: id, bytes: bytes.length });
    return jsonResponse(describeFileObject(file));
  };
}
