import type { AnnouncedFile, GrantForm, UploadGrant } from '../../chat/upload.ts';
import { fileEntry } from './file-entry.ts';
import { storageAddress } from './storage-address.ts';
import type { StorageGrant } from './storage-grant.ts';
import { signatureLife, signedHeaders } from './storage-signature.ts';
import { signedHeadersV1 } from './storage-signature-v1.ts';
import { usableUntil } from './usable-until.ts';

/**
 * Turns the right to upload into a signature that fits one file only. Nothing of the keys is in it but the security
 * token, which is worth nothing without them.
 *
 * @param origin of the upstream, see `storageAddress`.
 * @param now epoch milliseconds.
 * @throws UpstreamUnavailableError for a storage that is none of the upstream's own.
 */
export function uploadGrant(
  grant: StorageGrant,
  file: AnnouncedFile,
  form: GrantForm,
  origin: string,
  now: number,
): UploadGrant {
  const { host, path } = storageAddress(grant, origin);
  const { mediaType, size } = file;
  const { md5 } = form;
  const date = new Date(now);
  return {
    method: 'PUT',
    url: host.origin + path,
    headers: {
      // Whoever streams a file would send pieces without it, which the storage then refuses.
      'content-length': String(size),
      ...(form.signatureVersion === 'v4'
        ? signedHeaders(grant, { mediaType, size, md5 }, date)
        : signedHeadersV1(grant, { mediaType, md5 }, date)),
    },
    expiresAt: now + signatureLife,
    fileUrl: grant.fileUrl,
    storage: {
      bucket: grant.bucket,
      region: `oss-${grant.region}`,
      endpoint: grant.endpoint,
      path: grant.path,
    },
    reference: fileEntry(file, grant, now),
    usableUntil: usableUntil(grant.fileUrl, now),
  };
}
