import type { PartedUpload } from '../stored-files/parted-upload.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';
import { describeFileObject } from './describe-file-object.ts';

/**
 * An upload as OpenAI's API shows it (client-apis C.1).
 *
 * @param file that it has become.
 */
export function describeUpload(upload: PartedUpload, file?: StoredFile): object {
  return {
    id: upload.id,
    object: 'upload',
    bytes: upload.bytes,
    created_at: Math.floor(upload.createdAt / 1000),
    expires_at: Math.floor(upload.expiresAt / 1000),
    filename: upload.name,
    purpose: upload.purpose,
    status: upload.status,
    file: file === undefined ? null : describeFileObject(file),
  };
}
