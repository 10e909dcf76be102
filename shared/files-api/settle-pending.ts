import type { ObjectStore } from '../objects/object-store.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';

/**
 * Looks whether a file that was announced for the bucket has come, and remembers it.
 *
 * @returns the file as it is then.
 */
export async function settlePending(
  file: StoredFile,
  callerId: string,
  rows: FileRows,
  objects: Pick<ObjectStore, 'head'>,
): Promise<StoredFile> {
  if (file.status !== 'pending' || file.place.type !== 'bucket') return file;
  const head = await objects.head(file.place.key);
  if (head?.size !== file.bytes) return file;
  await rows.update(callerId, file, { status: 'uploaded' });
  return { ...file, status: 'uploaded' };
}
