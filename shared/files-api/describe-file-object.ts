import type { StoredFile } from '../stored-files/stored-file.ts';

/** A file as OpenAI's API shows it (client-apis C.1). `pending` is ours: announced, and perhaps not there yet. */
export function describeFileObject({ id, bytes, createdAt, expiresAt, name, purpose, status }: StoredFile): object {
  return {
    id,
    object: 'file',
    bytes,
    created_at: Math.floor(createdAt / 1000),
    expires_at: Math.floor(expiresAt / 1000),
    filename: name,
    purpose,
    status: status === 'uploaded' ? 'processed' : 'pending',
    status_details: null,
  };
}
