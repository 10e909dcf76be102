import { randomUUID } from 'node:crypto';
import type { AnnouncedFile, UploadedFile } from '../../chat/upload.ts';
import { fileClassOf } from './file-class.ts';
import type { StorageGrant } from './storage-grant.ts';

/**
 * What a message says of a file that was uploaded, in the full form of the site's front end (qwen-web §6.3).
 *
 * @param now epoch milliseconds.
 */
export function fileEntry(
  { name, size, mediaType }: AnnouncedFile,
  { fileId, fileUrl, path }: StorageGrant,
  now: number,
): UploadedFile['reference'] {
  const { type, fileClass } = fileClassOf(mediaType);
  const isDocument = fileClass === 'document';
  return {
    type,
    file: {
      created_at: now,
      data: {},
      filename: name,
      hash: null,
      id: fileId,
      user_id: path.split('/')[0] ?? '',
      meta: { name, size, content_type: mediaType, ...(isDocument && { parse_meta: { parse_status: 'success' } }) },
      update_at: now,
      lastModified: now,
      name,
      webkitRelativePath: '',
      size,
      type: mediaType,
    },
    id: fileId,
    url: fileUrl,
    name,
    collection_name: '',
    progress: 0,
    status: 'uploaded',
    greenNet: 'success',
    size,
    error: '',
    itemId: randomUUID(),
    file_type: mediaType,
    showType: type,
    file_class: fileClass,
    uploadTaskId: randomUUID(),
  };
}
